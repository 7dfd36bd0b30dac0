import { z } from 'zod';
import { Person } from '../accounts/contract.ts';
import { ask, Id, listOf, Time } from '../wire/contract.ts';

export const NotificationKind = z.enum([
  'response',
  'reply',
  'mention',
  'friend_request',
  'friend_accepted',
  'room_invite',
  'reaction',
  'article',
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

/** One row per person, kind and subject: "Ana, Ben and 3 more responded to …". */
export const Notification = z.object({
  id: Id,
  kind: NotificationKind,
  subject: z.string(),
  /** The latest first, at most 3; `count` counts all. */
  people: z.array(Person),
  count: z.int(),
  url: z.string(),
  text: z.string(),
  at: Time,
  readAt: Time.nullable(),
  /** Grows with each change: of two that cross on their way the higher one holds. */
  rev: z.int(),
});
export type Notification = z.infer<typeof Notification>;

export const NotificationsPage = listOf(Notification).extend({ unread: z.int() });
export type NotificationsPage = z.infer<typeof NotificationsPage>;
export const ReadNotifications = z.union([
  z.strictObject({ upTo: Id }),
  z.strictObject({ ids: z.array(Id).min(1).max(100) }),
]);
export type ReadNotifications = z.infer<typeof ReadNotifications>;
export const UnreadCount = z.object({ unread: z.int() });

export const notificationAsks = {
  'notification:read': ask(z.strictObject({ upTo: Id }), UnreadCount),
};
export const notificationTells = {
  notification: z.object({ notification: Notification, unread: z.int() }),
  'notification:read': z.object({ ids: z.array(Id), unread: z.int() }),
  /** They are gone, as those about somebody whom the person has blocked. */
  'notification:removed': z.object({ ids: z.array(Id), unread: z.int() }),
};
