import { Bell as BellIcon } from 'lucide';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { narrow } from '../shell/state.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { NotificationItem } from './item.tsx';
import { loadNotifications, markAllRead, notifications, unread } from './state.ts';
import { Toasts } from './toasts.tsx';
import { watchTab } from './watch.ts';
import './notifications.css';

const LATEST = 6;

/** The bell of the navigation: a panel with the latest, on a phone a link to the page. */
export const Bell = () => {
  const { path } = useLocation();
  useEffect(watchTab, []);
  const here = path === '/notifications' ? 'page' : undefined;
  if (narrow.value) {
    return (
      <>
        <a class="nav-link" href="/notifications" aria-current={here}>
          <BellFace word="Alerts" />
        </a>
        <Toasts />
      </>
    );
  }
  return (
    <>
      <Popover
        label="Notifications"
        align="start"
        class="bell-panel"
        trigger={(props) => (
          <button type="button" class="nav-link bell-button" aria-current={here} {...props}>
            <BellFace word="Notifications" />
          </button>
        )}
      >
        {(close) => <Latest close={close} />}
      </Popover>
      <Toasts />
    </>
  );
};

const BellFace = ({ word }: { word: string }) => {
  const count = unread.value;
  return (
    <>
      <Icon of={BellIcon} />
      <span class="nav-word">{word}</span>
      <span role="status">
        {count > 0 && (
          <span class="count">
            {count > 99 ? '99+' : count}
            <span class="visually-hidden"> new</span>
          </span>
        )}
      </span>
    </>
  );
};

const Latest = ({ close }: { close: () => void }) => {
  useEffect(() => {
    loadNotifications().catch(() => undefined);
  }, []);
  const latest = notifications.value?.slice(0, LATEST);
  return (
    <>
      <div class="bell-head">
        <h2>Notifications</h2>
        {unread.value > 0 && (
          <button
            type="button"
            class="text-button"
            onClick={() => void markAllRead().catch(() => undefined)}
          >
            Mark all read
          </button>
        )}
      </div>
      {!latest && <span class="skeleton notification-skeleton" />}
      {latest?.length === 0 && (
        <p class="bell-empty">Nothing yet. Answers, mentions and friend requests arrive here.</p>
      )}
      <ul>
        {latest?.map((notification) => (
          <NotificationItem key={notification.id} notification={notification} onFollow={close} />
        ))}
      </ul>
      <a class="bell-all" href="/notifications" onClick={close}>
        All notifications
      </a>
    </>
  );
};
