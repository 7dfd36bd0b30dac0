import { X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { readLocal, writeLocal } from '../local.ts';
import { IconButton } from './button.tsx';

type Props = {
  /** What it is remembered by in this browser. */
  name: string;
  children: ComponentChildren;
};

const key = (name: string) => `hint-${name}`;

/** Tells something once, in its own line of the page; from the next visit on it is not there. */
export const Hint = ({ name, children }: Props) => {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const isNew = readLocal(key(name)) === null;
    // Without storage it cannot be told once only: rather not at all.
    setShown(writeLocal(key(name), 'told') && isNew);
  }, [name]);
  // Its place is kept, so that nothing moves when it comes or goes.
  return (
    <div class="hint">
      {shown && (
        <>
          <p>{children}</p>
          <IconButton icon={X} size={16} label="Dismiss the hint" onClick={() => setShown(false)} />
        </>
      )}
    </div>
  );
};
