import { useState } from 'preact/hooks';
import { Toggle } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Caps } from './caps.tsx';
import { BINDINGS } from './map.ts';
import { chooseLetters, letters, opened } from './state.ts';
import './keys.css';

const GROUPS = [...new Set(BINDINGS.map(({ group }) => group))];

/** The shortcuts there are, from the map that the listener reads. */
export const KeyHelp = () => (
  <Dialog
    title="Keyboard shortcuts"
    onClose={() => {
      opened.value = null;
    }}
  >
    <div class="key-help">
      {GROUPS.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          <dl>
            {BINDINGS.filter((one) => one.group === group).map(({ keys, words }) => (
              <div key={keys}>
                <dt>{words}</dt>
                <dd>
                  <Caps keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
    <LettersToggle />
  </Dialog>
);

/** Single characters can be switched off, for those who speak to their machine. */
export const LettersToggle = () => {
  const [error, setError] = useState<string | null>(null);
  return (
    <>
      <Toggle
        label="Single keys are shortcuts, outside of fields"
        checked={letters.value}
        onChange={(on) => void chooseLetters(on).then(setError)}
      />
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  );
};
