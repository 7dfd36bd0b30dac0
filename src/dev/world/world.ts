import { articleReactions, articles } from './articles.ts';
import { conversations } from './conversations.ts';
import { courses } from './courses.ts';
import { friendRequests, friendships, people } from './people.ts';
import { responses } from './responses.ts';

/** Everything that `npm run seed` puts into an empty site. */
export const world = {
  people,
  friendships,
  friendRequests,
  articles,
  articleReactions,
  responses,
  courses,
  conversations,
};
export type World = typeof world;
