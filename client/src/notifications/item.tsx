import type { Notification } from '../../../src/notifications/contract.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Time } from '../ui/time.tsx';
import { follow } from './state.ts';

type Props = { notification: Notification; onFollow?: () => void };

/** One line of the list; following it reads it. */
export const NotificationItem = ({ notification, onFollow }: Props) => {
  const { id, people, url, text, at, readAt } = notification;
  return (
    <li class={`notification ${readAt ? '' : 'fresh'}`}>
      <a
        href={url}
        onClick={() => {
          follow(id);
          onFollow?.();
        }}
      >
        <Avatar person={people[0] ?? null} />
        <span class="notification-words">
          {!readAt && <span class="visually-hidden">New: </span>}
          {text}
          <Time at={at} format="ago" />
        </span>
      </a>
    </li>
  );
};
