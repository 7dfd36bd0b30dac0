/** The sample world, as plain data: who is there, what they wrote, what they said. */
export type WorldPerson = {
  username: string;
  name: string;
  bio: string;
  /** Tags this person follows. */
  follows: readonly string[];
};

export type WorldArticle = {
  /** What the other parts of the world call it. */
  key: string;
  /** A username, as everywhere below. */
  author: string;
  /** Published so many days before today. */
  daysAgo: number;
  title: string;
  tags: readonly string[];
  /** Markdown. */
  body: string;
};

export type WorldCourse = {
  author: string;
  title: string;
  body: string;
  /** Keys of articles, in order; all by the author of the course. */
  articles: readonly string[];
};

export type WorldMessage = {
  by: string;
  body: string;
  /** Emoji -> who gave it. */
  reactions?: Readonly<Record<string, readonly string[]>>;
};
export type WorldResponse = WorldMessage & { replies?: readonly WorldResponse[] };

export type WorldConversation = {
  /** The newest message was said so many hours before now. */
  hoursAgo: number;
  messages: readonly WorldMessage[];
} & (
  | { kind: 'direct'; between: readonly [string, string] }
  | {
      kind: 'group' | 'public';
      title: string;
      owner: string;
      /** Beside the owner. */
      members: readonly string[];
    }
);
