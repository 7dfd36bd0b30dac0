import type { ComponentChildren } from 'preact';

/** Names the cause of a failure, next to what it concerns. */
export const ErrorNote = ({ children, id }: { children: ComponentChildren; id?: string }) => (
  <p class="error-note" role="alert" id={id}>
    {children}
  </p>
);

/** What a list is, why it is empty, and the one next action. */
export const EmptyNote = ({
  title,
  children,
  action,
}: {
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}) => (
  <div class="empty-note">
    <p class="empty-note-title">{title}</p>
    {children && <p>{children}</p>}
    {action}
  </div>
);
