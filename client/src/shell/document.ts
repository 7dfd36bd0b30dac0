import { effect } from '@preact/signals';
import { narrow, type Theme, theme } from './state.ts';

const YEAR_S = 31_536_000;

/** Puts the chosen theme on the page, and in the cookie from which the server draws the next one. */
export function applyTheme(): void {
  let first = true;
  effect(() => {
    const chosen = theme.value;
    document.documentElement.dataset.theme = chosen;
    if (!first) document.cookie = `theme=${chosen}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
    first = false;
  });
}

/** The theme chosen on this device; the page itself may be an older copy. */
export function chosenTheme(): Theme | null {
  const chosen = /(?:^|; )theme=(light|dark|system)/.exec(document.cookie)?.[1];
  return (chosen as Theme | undefined) ?? null;
}

/** When the copy of the page was made, if it is one that this device kept. */
export const copyFrom = (): string | null => document.documentElement.dataset['kept'] ?? null;

/** Follows the width at which the rail gives way to the bars. */
export function watchWidth(): void {
  const query = matchMedia('(max-width: 767px)');
  const read = () => {
    narrow.value = query.matches;
  };
  read();
  query.addEventListener('change', read);
}
