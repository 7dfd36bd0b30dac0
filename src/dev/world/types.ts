export type WorldPerson = { username: string; name: string; bio: string };
/** A response with the responses to it. */
export type WorldResponse = { by: string; body: string; replies?: readonly WorldResponse[] };
export type WorldArticle = {
  /** A username. */
  author: string;
  title: string;
  tags: readonly string[];
  /** Markdown. */
  body: string;
  /** When it was published. */
  daysAgo: number;
  responses?: readonly WorldResponse[];
};
export type WorldCourse = {
  author: string;
  title: string;
  body: string;
  /** Titles of the author's articles, in order. */
  articles: readonly string[];
};
export type WorldRoom = {
  kind: 'direct' | 'group' | 'public';
  title?: string;
  /** Usernames; the first one opens the room. */
  members: readonly string[];
  /** When the first message was sent. */
  daysAgo: number;
  messages: readonly { by: string; body: string }[];
};
export type World = {
  people: readonly WorldPerson[];
  friends: readonly (readonly [string, string])[];
  /** Asked and not answered yet. */
  requests: readonly (readonly [from: string, to: string])[];
  /** Tags that people follow. */
  follows: readonly (readonly [username: string, tag: string])[];
  articles: readonly WorldArticle[];
  courses: readonly WorldCourse[];
  rooms: readonly WorldRoom[];
};
