import type { Sqlite } from '../platform/sqlite.ts';
import { type ArticlesStore, REACTIONS_MAX } from './store.ts';

/** Articles by tag (those that lists show), the number of each tag, who follows it, and emojis. */
export const marksTables = [
  `CREATE TABLE article_tags (
    tag TEXT NOT NULL, listed_at TEXT NOT NULL, article_id TEXT NOT NULL,
    PRIMARY KEY (tag, listed_at, article_id)
  ) WITHOUT ROWID;
  CREATE INDEX article_tags_by_article ON article_tags (article_id);
  CREATE TABLE tags (tag TEXT PRIMARY KEY, articles INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX tags_most_used ON tags (articles DESC, tag) WHERE articles > 0;
  CREATE TRIGGER tag_added AFTER INSERT ON article_tags BEGIN
    INSERT INTO tags (tag, articles) VALUES (new.tag, 1)
      ON CONFLICT (tag) DO UPDATE SET articles = articles + 1;
  END;
  CREATE TRIGGER tag_removed AFTER DELETE ON article_tags BEGIN
    UPDATE tags SET articles = articles - 1 WHERE tag = old.tag;
  END;
  CREATE TABLE tag_follows (
    user_id TEXT NOT NULL, tag TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (user_id, tag)
  ) WITHOUT ROWID;
  CREATE INDEX tag_follows_by_tag ON tag_follows (tag, user_id);
  CREATE TABLE article_reactions (
    article_id TEXT NOT NULL, user_id TEXT NOT NULL, emoji TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (article_id, user_id, emoji)
  ) WITHOUT ROWID;
  CREATE INDEX article_reactions_by_emoji ON article_reactions (article_id, emoji)`,
];

const TOP = `SELECT tag, articles FROM tags WHERE articles > 0
  ORDER BY articles DESC, tag LIMIT ?`;
const COUNTS = `SELECT tag, articles FROM tags
  WHERE tag IN (SELECT value FROM json_each(?)) AND articles > 0`;
const FOLLOW = `INSERT INTO tag_follows (user_id, tag, since) VALUES (?, ?, ?)
  ON CONFLICT (user_id, tag) DO NOTHING`;
const UNFOLLOW = 'DELETE FROM tag_follows WHERE user_id = ? AND tag = ?';
const FOLLOWERS = `SELECT DISTINCT user_id FROM tag_follows
  WHERE tag IN (SELECT value FROM json_each(?)) LIMIT ?`;
const FOLLOWED = 'SELECT tag FROM tag_follows WHERE user_id = ? ORDER BY since, tag LIMIT ?';
const REACT = `INSERT INTO article_reactions (article_id, user_id, emoji, at)
  SELECT ?1, ?2, ?3, ?4 WHERE ?5 >
    (SELECT count(*) FROM article_reactions WHERE article_id = ?1 AND user_id = ?2)
  ON CONFLICT (article_id, user_id, emoji) DO NOTHING`;
const UNREACT = `DELETE FROM article_reactions
  WHERE article_id = ? AND user_id = ? AND emoji = ?`;
const REACTIONS = `SELECT article_id, emoji, count(*) AS count, min(at) AS first
  FROM article_reactions WHERE article_id IN (SELECT value FROM json_each(?))
  GROUP BY article_id, emoji ORDER BY count DESC, first`;
const REACTIONS_BY = `SELECT emoji FROM article_reactions
  WHERE article_id = ? AND user_id = ? ORDER BY at`;

type TagRow = { tag: string; articles: number };
type ReactionRow = { article_id: string; emoji: string; count: number };

export const createMarksSqliteStore = (
  db: Sqlite,
): Pick<
  ArticlesStore,
  | 'topTags'
  | 'tagCounts'
  | 'follow'
  | 'unfollow'
  | 'followed'
  | 'followers'
  | 'react'
  | 'unreact'
  | 'reactions'
  | 'reactionsBy'
> => ({
  topTags: async (limit) => db.all<TagRow>(TOP, limit),
  tagCounts: async (tags) => {
    const rows = db.all<TagRow>(COUNTS, JSON.stringify(tags));
    return new Map(rows.map(({ tag, articles }) => [tag, articles]));
  },
  follow: async (userId, tag, at) =>
    void (await db.write([{ sql: FOLLOW, args: [userId, tag, at] }])),
  unfollow: async (userId, tag) => void (await db.write([{ sql: UNFOLLOW, args: [userId, tag] }])),
  followers: async (tags, limit) =>
    db.all<{ user_id: string }>(FOLLOWERS, JSON.stringify(tags), limit).map((row) => row.user_id),
  followed: async (userId, limit) =>
    db.all<{ tag: string }>(FOLLOWED, userId, limit).map(({ tag }) => tag),
  react: async (id, userId, emoji, at) =>
    void (await db.write([{ sql: REACT, args: [id, userId, emoji, at, REACTIONS_MAX] }])),
  unreact: async (id, userId, emoji) =>
    void (await db.write([{ sql: UNREACT, args: [id, userId, emoji] }])),
  reactions: async (ids) => {
    const byArticle = new Map<string, Record<string, number>>();
    for (const row of db.all<ReactionRow>(REACTIONS, JSON.stringify(ids))) {
      const counts = byArticle.get(row.article_id) ?? {};
      byArticle.set(row.article_id, { ...counts, [row.emoji]: row.count });
    }
    return byArticle;
  },
  reactionsBy: async (userId, id) =>
    db.all<{ emoji: string }>(REACTIONS_BY, id, userId).map(({ emoji }) => emoji),
});
