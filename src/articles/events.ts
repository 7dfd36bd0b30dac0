import type { AskHandlers } from '../edge/asks.ts';
import type { Articles } from './service.ts';

/** An article's page on a socket: its conversation, and who reads now. */
export const articlesEvents = ({ articles }: { articles: Articles }): AskHandlers => ({
  'article:join': ({ connection }, input) => articles.join(connection, input),
  'article:leave': async ({ connection }, { articleId }) => {
    await articles.leave(connection, articleId);
    return {};
  },
});
