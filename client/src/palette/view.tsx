import { Search, X } from 'lucide';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { opened } from '../keys/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import type { Entry } from './entries.ts';
import { Options, optionId } from './options.tsx';
import { choose, createPalette, type Palette as State } from './state.ts';
import './palette.css';

const close = (): void => {
  opened.value = null;
};

/** Everything by its name: rooms, people, articles, pages and deeds. */
export const Palette = () => {
  const ref = useRef<HTMLDialogElement>(null);
  const palette = useMemo(createPalette, []);
  const { take, error } = useChoice();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      palette.close();
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class="palette"
      aria-label="Go to anything"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === ref.current && close()}
    >
      <Field palette={palette} take={take} />
      {(error ?? palette.failure.value) && <ErrorNote>{error ?? palette.failure.value}</ErrorNote>}
      <Options palette={palette} take={take} />
      <Status palette={palette} />
    </dialog>
  );
};

/** Closes first, so that the focus goes where the choice leads. */
function useChoice() {
  const { route } = useLocation();
  const [error, setError] = useState<string | null>(null);
  const go = (to: string) => {
    close();
    route(to);
  };
  const help = () => {
    opened.value = 'help';
  };
  const take = (entry: Entry | undefined) => {
    if (!entry) return;
    void choose(entry, { go, help }).then((failed) => {
      setError(failed);
      if (!failed && opened.peek() === 'palette') close();
    });
  };
  return { take, error };
}

type Props = { palette: State; take: (entry: Entry | undefined) => void };

/** What a key does in the field, beside typing. */
const keysOf = ({ palette, take }: Props): Record<string, () => void> => ({
  ArrowDown: () => palette.step(1),
  ArrowUp: () => palette.step(-1),
  PageDown: () => palette.toEnd('last'),
  PageUp: () => palette.toEnd('first'),
  Enter: () => take(palette.active.peek()),
});

const Field = (props: Props) => {
  const { palette } = props;
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const active = palette.active.value;
  return (
    <div class="palette-field">
      <Icon of={Search} />
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Go to anything"
        aria-expanded="true"
        aria-controls="palette-options"
        aria-autocomplete="list"
        aria-activedescendant={active && optionId(active)}
        placeholder="A room, a person, an article, something to do"
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        // The dialog gives the focus to what asks for it.
        autofocus
        value={palette.query.value}
        onInput={(event) => palette.type(event.currentTarget.value)}
        onKeyDown={(event) => {
          const act = event.isComposing ? undefined : keysOf(props)[event.key];
          if (!act) return;
          event.preventDefault();
          act();
        }}
      />
      <IconButton icon={X} label="Close" onClick={close} />
    </div>
  );
};

const Status = ({ palette }: { palette: State }) => {
  const { length } = palette.entries.value;
  const found = length === 1 ? '1 choice' : `${length} choices`;
  return (
    <p class="visually-hidden" role="status">
      {palette.query.value.trim() && (palette.searching.value ? 'Searching' : found)}
    </p>
  );
};
