import { useEffect, useState } from 'preact/hooks';
import { viewer } from '../accounts/state.ts';
import { Page } from '../shell/page.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { NotificationItem } from './item.tsx';
import { loadMore, loadNotifications, markAllRead, more, notifications, unread } from './state.ts';
import './notifications.css';

export const NotificationsPage = () => {
  const [failed, setFailed] = useState<string | null>(null);
  const run = (work: () => Promise<void>) => {
    setFailed(null);
    work().catch((error: unknown) =>
      setFailed(error instanceof Error ? error.message : 'That did not work.'),
    );
  };
  useEffect(() => {
    if (viewer.value) run(loadNotifications);
  }, [viewer.value?.id]);
  const known = notifications.value;
  return (
    <Page title="Notifications" width="bare" class="notifications-page">
      <div class="notifications-head">
        <h1 class="page-title">Notifications</h1>
        <button
          type="button"
          class="button outline small"
          disabled={unread.value === 0}
          onClick={() => run(markAllRead)}
        >
          Mark all read
        </button>
      </div>
      {failed && <ErrorNote>{failed}</ErrorNote>}
      {!known && !failed && <Waiting />}
      {known?.length === 0 && <Nothing />}
      <ul class="notification-list">
        {known?.map((notification) => (
          <NotificationItem key={notification.id} notification={notification} />
        ))}
      </ul>
      {more.value && (
        <button type="button" class="button outline" onClick={() => run(loadMore)}>
          Show older
        </button>
      )}
    </Page>
  );
};

const Nothing = () => (
  <EmptyNote
    title="Nothing yet."
    action={
      <a class="button outline" href="/">
        Read an article
      </a>
    }
  >
    Answers to what you write, mentions, friend requests and invitations arrive here. Respond to an
    article and the conversation comes to you.
  </EmptyNote>
);

const Waiting = () => (
  <div aria-hidden="true">
    {[0, 1, 2, 3].map((row) => (
      <span key={row} class="skeleton notification-skeleton" />
    ))}
  </div>
);
