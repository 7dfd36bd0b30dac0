import type { ComponentChildren } from 'preact';
import { Dialog } from './dialog.tsx';

type Props = {
  title: string;
  /** What is lost, and what is not. */
  children: ComponentChildren;
  act: string;
  onAct: () => void;
  onClose: () => void;
};

/** Asks before something that cannot be undone. */
export const Confirm = ({ title, children, act, onAct, onClose }: Props) => (
  <Dialog title={title} onClose={onClose}>
    <p>{children}</p>
    <p class="dialog-foot">
      <button type="button" class="button outline" onClick={onClose}>
        Keep it
      </button>
      <button type="button" class="button danger" onClick={onAct}>
        {act}
      </button>
    </p>
  </Dialog>
);
