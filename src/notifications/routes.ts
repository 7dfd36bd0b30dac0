import type { FastifyPluginAsync } from 'fastify';
import { requireActor, typed } from '../edge/http.ts';
import { PageQuery } from '../wire/contract.ts';
import { NotificationsPage, ReadNotifications, UnreadCount } from './contract.ts';
import type { Notifications } from './service.ts';

export const notificationsRoutes =
  ({ notifications }: { notifications: Notifications }): FastifyPluginAsync =>
  async (instance) => {
    const app = typed(instance);
    app.get(
      '/api/notifications',
      { schema: { querystring: PageQuery, response: { 200: NotificationsPage } } },
      (request) => notifications.list(requireActor(request), request.query),
    );
    app.put(
      '/api/notifications/read',
      { schema: { body: ReadNotifications, response: { 200: UnreadCount } } },
      (request) => notifications.read(requireActor(request), request.body),
    );
  };
