import { BINDINGS, type Binding, type KeyAct } from './map.ts';

export type Press = {
  key: string;
  /** Ctrl, or Cmd on Apple's machines. */
  mod: boolean;
  alt: boolean;
  /** The key by which no shortcut begins: Ctrl on Apple's machines, the logo key elsewhere. */
  other: boolean;
  /** In a field the key is a letter of a text. */
  inField: boolean;
  at: number;
};

/** The second key of two follows the first within this time. */
const PAIR_MS = 1_500;

/** The press as the map writes it. */
const written = ({ key, mod, alt }: Press): string =>
  `${mod ? 'Mod+' : ''}${alt ? 'Alt+' : ''}${key}`;

const isLetters = ({ keys }: Binding): boolean => !keys.includes('+');

/**
 * Reads key presses as shortcuts. Those made of single characters are dead in fields, and where
 * `letters` is off.
 */
export function createReader(bindings: readonly Binding[] = BINDINGS) {
  let begun: { keys: string; at: number } | null = null;
  return (press: Press, letters: boolean): KeyAct | null => {
    const before = begun && press.at - begun.at <= PAIR_MS ? `${begun.keys} ` : '';
    begun = null;
    if (press.other) return null;
    const live = bindings.filter((one) => !isLetters(one) || (letters && !press.inField));
    const now = written(press);
    const found = live.find(({ keys }) => keys === before + now);
    if (found) return found.act;
    if (live.some(({ keys }) => keys.startsWith(`${now} `))) begun = { keys: now, at: press.at };
    else if (before) return live.find(({ keys }) => keys === now)?.act ?? null;
    return null;
  };
}
