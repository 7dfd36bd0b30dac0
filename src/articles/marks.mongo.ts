import mongoose, { type Model } from 'mongoose';
import { isDuplicate, type Mongo } from '../platform/mongo.ts';
import { type ArticlesStore, REACTIONS_MAX } from './store.ts';

type FollowDoc = { _id: string; userId: string; tag: string; since: string };
type ReactionDoc = { _id: string; articleId: string; userId: string; emoji: string; at: string };

const followSchema = new mongoose.Schema<FollowDoc>(
  { _id: String, userId: String, tag: String, since: String },
  { collection: 'tag_follows', versionKey: false },
);
followSchema.index({ userId: 1, since: 1, tag: 1 });
followSchema.index({ tag: 1, userId: 1 });
const reactionSchema = new mongoose.Schema<ReactionDoc>(
  { _id: String, articleId: String, userId: String, emoji: String, at: String },
  { collection: 'article_reactions', versionKey: false },
);
reactionSchema.index({ articleId: 1, emoji: 1 });
reactionSchema.index({ articleId: 1, userId: 1, at: 1 });

type TagCount = { _id: string; articles: number };
type EmojiCount = { _id: { articleId: string; emoji: string }; count: number };

/** Stores a mark once; one that is there stays as it is. */
const put = async <D extends { _id: string }>(model: Model<D>, { _id, ...doc }: D) => {
  try {
    const insert = { $setOnInsert: doc } as unknown as mongoose.UpdateQuery<D>;
    await model.updateOne({ _id } as mongoose.QueryFilter<D>, insert, { upsert: true });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
};

/** Tags, who follows them, and emojis on articles. */
export const createMarksMongoStore = <D>(mongo: Mongo, articles: Model<D>) => {
  const follows = mongo.connection.model<FollowDoc>('TagFollow', followSchema);
  const given = mongo.connection.model<ReactionDoc>('ArticleReaction', reactionSchema);
  const used = (among?: readonly string[]) => {
    const match = { listedAt: { $gt: '' }, ...(among && { tags: { $in: [...among] } }) };
    return [
      { $match: match },
      { $unwind: '$tags' },
      { $group: { _id: '$tags', articles: { $sum: 1 } } },
    ];
  };
  return {
    topTags: async (limit) => {
      const rows = await articles.aggregate<TagCount>([
        ...used(),
        { $sort: { articles: -1, _id: 1 } },
        { $limit: limit },
      ]);
      return rows.map(({ _id, articles: count }) => ({ tag: _id, articles: count }));
    },
    tagCounts: async (tags) => {
      const rows = await articles.aggregate<TagCount>(used(tags));
      const asked = rows.filter(({ _id }) => tags.includes(_id));
      return new Map(asked.map(({ _id, articles: count }) => [_id, count]));
    },
    follow: (userId, tag, since) => put(follows, { _id: `${userId}:${tag}`, userId, tag, since }),
    unfollow: async (userId, tag) => void (await follows.deleteOne({ _id: `${userId}:${tag}` })),
    followed: async (userId, limit) => {
      const docs = await follows
        .find({ userId })
        .sort({ since: 1, tag: 1 })
        .limit(limit)
        .lean<FollowDoc[]>();
      return docs.map(({ tag }) => tag);
    },
    followers: async (tags, limit) => {
      const rows = await follows.aggregate<{ _id: string }>([
        { $match: { tag: { $in: [...tags] } } },
        { $group: { _id: '$userId' } },
        { $limit: limit },
      ]);
      return rows.map(({ _id }) => _id);
    },
    react: async (articleId, userId, emoji, at) => {
      // Two at once may pass the bound by one: it is against floods, not a rule of the game.
      if ((await given.countDocuments({ articleId, userId })) >= REACTIONS_MAX) return;
      await put(given, { _id: `${articleId}:${userId}:${emoji}`, articleId, userId, emoji, at });
    },
    unreact: async (articleId, userId, emoji) =>
      void (await given.deleteOne({ _id: `${articleId}:${userId}:${emoji}` })),
    reactions: async (ids) => {
      const rows = await given.aggregate<EmojiCount>([
        { $match: { articleId: { $in: [...ids] } } },
        {
          $group: {
            _id: { articleId: '$articleId', emoji: '$emoji' },
            count: { $sum: 1 },
            first: { $min: '$at' },
          },
        },
        { $sort: { count: -1, first: 1 } },
      ]);
      const byArticle = new Map<string, Record<string, number>>();
      for (const { _id, count } of rows) {
        const counts = byArticle.get(_id.articleId) ?? {};
        byArticle.set(_id.articleId, { ...counts, [_id.emoji]: count });
      }
      return byArticle;
    },
    reactionsBy: async (userId, articleId) => {
      const docs = await given
        .find({ articleId, userId })
        .sort({ at: 1 })
        .limit(REACTIONS_MAX + 1)
        .lean<ReactionDoc[]>();
      return docs.map(({ emoji }) => emoji);
    },
  } satisfies Partial<ArticlesStore>;
};
