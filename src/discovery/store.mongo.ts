import mongoose from 'mongoose';
import { guarded, isDuplicate, type Mongo } from '../platform/mongo.ts';
import type { Doc, Hit, Search, SearchStore, TalkIn } from './store.ts';

type Stored = Doc & { _id: string };

const schema = new mongoose.Schema<Stored>(
  {
    _id: String,
    kind: String,
    id: String,
    place: String,
    authorId: String,
    roomId: { type: String, default: null },
    at: String,
    rev: Number,
    title: String,
    text: String,
    titleWords: [String],
    words: [String],
  },
  { collection: 'search', versionKey: false, id: false },
);
// One entry for each word: the index of a book.
schema.index({ words: 1, at: -1, _id: -1 });
schema.index({ titleWords: 1, at: -1, _id: -1 });
schema.index({ authorId: 1, kind: 1, roomId: 1 });
schema.index({ place: 1, at: -1 });

/** The places of what is said where everybody may read. */
const OPEN_PLACES = ['responses', 'messages'];
/** A search that takes longer is given up. */
const SEARCH_MS = 2_000;
/** Rooms of one person that are compared with those of others: the newest. */
const ROOMS_MAX = 200;

const idOf = (kind: string, id: string): string => `${kind}:${id}`;
const among = (values: readonly string[]) => mongoose.trusted({ $in: [...values] });

const filterOf = ({ places, words, beginning, inTitle, after }: Search) => {
  const field = inTitle ? 'titleWords' : 'words';
  const terms: Record<string, unknown>[] = words.map((word) => ({ [field]: word }));
  // Letters and digits only: nothing in it means anything else to the expression.
  if (beginning !== null) terms.push({ [field]: mongoose.trusted({ $regex: `^${beginning}` }) });
  const [at, id] = after?.split(' ') ?? [];
  if (at !== undefined && id !== undefined)
    terms.push({
      $or: [{ at: mongoose.trusted({ $lt: at }) }, { at, _id: mongoose.trusted({ $lt: id }) }],
    });
  return { place: among(places), $and: terms };
};

type Said = { roomId: string; authorId: string; at: string };

/** Newest first in, latest room first out. */
const talkOf = (said: readonly Said[]): TalkIn[] => {
  const rooms = new Map<string, Said[]>();
  for (const each of said) {
    const same = rooms.get(each.roomId);
    if (same) same.push(each);
    else rooms.set(each.roomId, [each]);
  }
  return [...rooms].map(([roomId, all]) => ({
    roomId,
    count: all.length,
    people: new Set(all.map(({ authorId }) => authorId)).size,
    at: all[0]?.at ?? '',
  }));
};

/** Words as an array of each document, with an index on its elements. */
export const createSearchMongoStore = (mongo: Mongo): SearchStore => {
  const docs = mongo.connection.model<Stored>('Search', schema);
  const find = (search: Search) =>
    guarded(async () => {
      const found = await docs
        .find(filterOf(search))
        .select('kind id authorId at title text')
        .sort({ at: -1, _id: -1 })
        .limit(search.limit)
        .maxTimeMS(SEARCH_MS)
        .lean<(Omit<Hit, 'key'> & { _id: string })[]>();
      return found.map(({ _id, ...hit }) => ({ ...hit, key: `${hit.at} ${_id}` }));
    });
  return {
    follow: null,
    put: (all) =>
      guarded(async () => {
        if (all.length === 0) return;
        const writes = all.map((doc) => {
          const _id = idOf(doc.kind, doc.id);
          const filter = { _id, rev: mongoose.trusted({ $lte: doc.rev }) };
          return { replaceOne: { filter, replacement: { ...doc, _id } as Stored, upsert: true } };
        });
        try {
          await docs.bulkWrite(writes, { ordered: false });
        } catch (error) {
          // A later state is there already.
          if (!isDuplicate(error)) throw error;
        }
      }),
    remove: (kind, id) => guarded(async () => void (await docs.deleteOne({ _id: idOf(kind, id) }))),
    search: find,
    said: (search) => find({ ...search, inTitle: false }),
    talkedWith: (userId, otherIds, limit) =>
      guarded(async () => {
        const responses = { kind: 'responses' as const };
        const own = await docs
          .find({ authorId: userId, ...responses })
          .select('roomId')
          .sort({ roomId: -1 })
          .limit(ROOMS_MAX)
          .lean<{ roomId: string }[]>();
        const rooms = [...new Set(own.map(({ roomId }) => roomId))];
        if (rooms.length === 0) return [];
        const theirs = await docs
          .find({ authorId: among(otherIds), ...responses, roomId: among(rooms) })
          .select('authorId roomId')
          .sort({ authorId: 1, roomId: 1 })
          .limit(limit)
          .lean<{ authorId: string; roomId: string }[]>();
        const pairs = new Map(
          theirs.map((each) => [
            `${each.authorId} ${each.roomId}`,
            { userId: each.authorId, roomId: each.roomId },
          ]),
        );
        return [...pairs.values()];
      }),
    talk: (since, limit) =>
      guarded(async () => {
        const said = await docs
          .find({ place: among(OPEN_PLACES), at: mongoose.trusted({ $gte: since }) })
          .select('roomId authorId at')
          .sort({ at: -1 })
          .limit(limit)
          .maxTimeMS(SEARCH_MS)
          .lean<Said[]>();
        return talkOf(said);
      }),
  };
};
