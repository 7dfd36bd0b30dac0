import { type AskHandlers, actorOf } from '../edge/asks.ts';
import type { Notifications } from './service.ts';

export const notificationsEvents = ({
  notifications,
}: {
  notifications: Notifications;
}): AskHandlers => ({
  'notification:read': async (context, { upTo }) => notifications.read(actorOf(context), { upTo }),
});
