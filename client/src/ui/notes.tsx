import type { ComponentChildren } from 'preact';

/** Names the cause of a failure, next to what it concerns. */
export const ErrorNote = ({ children, id }: { children: ComponentChildren; id?: string }) => (
  <p class="error-note" role="alert" id={id}>
    {children}
  </p>
);

/** What was typed before a reload stands here again. */
export const RestoredNote = ({ onDiscard }: { onDiscard: () => void }) => (
  <p class="restored-note" role="status">
    Your unsaved words are back.
    <button type="button" class="text-button" onClick={onDiscard}>
      Discard them
    </button>
  </p>
);

type EmptyProps = {
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
  /** For a list that is not what the page is for. */
  quiet?: boolean;
};

/** What a list is, why it is empty, and the one next action. */
export const EmptyNote = ({ title, children, action, quiet }: EmptyProps) => (
  <div class={quiet ? 'empty-note quiet' : 'empty-note'}>
    <p class="empty-note-title">{title}</p>
    {children && <p>{children}</p>}
    {action}
  </div>
);
