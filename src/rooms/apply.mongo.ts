import { isDuplicate } from '../platform/mongo.ts';
import { createTogether } from '../platform/together.ts';
import { type Collections, type DocOf, type EventDoc, memberKey } from './docs.mongo.ts';

/** Pending events of one room that are looked at together. */
const TOGETHER = 200;

export type Applying = {
  /**
   * Completes, in their order, the events of a room whose effect may be missing; answers whether
   * there were any. Any process may do this for any other, at any time and more than once.
   */
  settle(roomId: string): Promise<boolean>;
  settleAll(roomIds: readonly string[]): Promise<void>;
};

/**
 * What events do to messages, members and rooms. Each change carries the number of its event as
 * `rev` and is made only to what is older, so that a repetition changes nothing.
 */
export const createApplying = ({ rooms, members, events }: Collections): Applying => {
  /** Nobody called upon is no field: the index of mentions then holds those only. */
  const named = (mentions: string[] = []): { $set: object; $unset?: { mentions: '' } } =>
    mentions.length > 0 ? { $set: { mentions } } : { $set: {}, $unset: { mentions: '' } };

  const edit = async ({ _id, seq, at, messageId, body, html, mentions }: DocOf<'edit'>) => {
    const { $set, ...rest } = named(mentions);
    const { matchedCount } = await events.updateOne(
      { _id: messageId, rev: { $lt: seq }, deletedAt: null },
      { $set: { body, html, editedAt: at, rev: seq, ...$set }, ...rest },
    );
    if (matchedCount > 0) return;
    // Applied by another process already, unless the message is seen to be deleted: then these
    // words go too. Words are never taken away because something was not found.
    const isDeleted = { _id: messageId, deletedAt: { $ne: null } };
    if (!(await events.findOne(isDeleted, { projection: { _id: 1 } }))) return;
    await events.updateOne({ _id }, { $set: { body: '', html: null }, $unset: { mentions: '' } });
    await events.updateOne(
      { _id: messageId, rev: { $lt: seq } },
      { $set: { editedAt: at, rev: seq } },
    );
  };
  const remove = async ({ seq, at, messageId }: DocOf<'delete'>) => {
    const blank = { body: '', html: null };
    await events.updateOne(
      { _id: messageId, rev: { $lt: seq } },
      {
        $set: { ...blank, digest: null, deletedAt: at, reactions: {}, rev: seq },
        $unset: { mentions: '' },
      },
    );
    await events.updateMany({ messageId, kind: 'edit' }, { $set: blank, $unset: { mentions: '' } });
  };
  const react = async ({ seq, messageId, emoji, on, senderId }: DocOf<'reaction'>) => {
    const own = { [`reactions.${emoji}`]: senderId };
    await events.updateOne(
      { _id: messageId, rev: { $lt: seq } },
      { $set: { rev: seq }, ...(on ? { $addToSet: own } : { $pull: own }) },
    );
  };
  const join = async ({ roomId, userId, seq, n, at }: DocOf<'member'>) => {
    const _id = memberKey(roomId, userId);
    const fresh = {
      role: 'member',
      joinedAt: at,
      lastRead: n,
      muted: false,
      hidden: false,
    } as const;
    try {
      await members.updateOne(
        { _id, rev: { $lt: seq }, active: false },
        { $set: { roomId, userId, ...fresh, active: true, rev: seq } },
        { upsert: true },
      );
    } catch (error) {
      // Here already, or changed by a later event.
      if (!isDuplicate(error)) throw error;
      await members.updateOne({ _id, rev: { $lt: seq } }, { $set: { rev: seq } });
    }
  };
  /** A room whose owner has gone belongs to a moderator, or to who has been there longest. */
  const passOwnership = async (roomId: string) => {
    const present = { roomId, active: true };
    if (await members.findOne({ ...present, role: 'owner' }, { projection: { _id: 1 } })) return;
    const oldest = { sort: { joinedAt: 1, userId: 1 }, projection: { _id: 1 } } as const;
    const heir =
      (await members.findOne({ ...present, role: 'moderator' }, oldest)) ??
      (await members.findOne(present, oldest));
    if (heir) await members.updateOne({ _id: heir._id }, { $set: { role: 'owner' } });
  };
  const leave = async ({ roomId, userId, seq }: DocOf<'member'>) => {
    const _id = memberKey(roomId, userId);
    await members.updateOne(
      { _id, rev: { $lt: seq } },
      { $set: { active: false, role: 'member', rev: seq } },
    );
    await passOwnership(roomId);
  };
  const changeRoom = async ({ roomId, seq, title, article }: DocOf<'room'>) => {
    await rooms.updateOne(
      { _id: roomId, rev: { $lt: seq } },
      { $set: { rev: seq, ...(title !== undefined && { title }), ...(article && { article }) } },
    );
  };
  const apply = async (event: EventDoc): Promise<void> => {
    switch (event.kind) {
      case 'message':
        return;
      case 'edit':
        return edit(event);
      case 'delete':
        return remove(event);
      case 'reaction':
        return react(event);
      case 'member':
        return event.change === 'joined' ? join(event) : leave(event);
      case 'room':
        return changeRoom(event);
    }
  };

  const pendingIn = createTogether(async (roomIds: readonly string[]) => {
    const waiting = await events
      .find({ roomId: { $in: [...roomIds] }, pending: true })
      .project<{ roomId: string }>({ _id: 0, roomId: 1 })
      .limit(TOGETHER)
      .toArray();
    // Those beyond the limit are not known: each room is looked at.
    const found = waiting.length < TOGETHER ? waiting.map(({ roomId }) => roomId) : roomIds;
    return new Map(found.map((roomId) => [roomId, true]));
  });
  const finish = async (roomId: string): Promise<boolean> => {
    for (let any = false; ; any = true) {
      const waiting = await events
        .find({ roomId, pending: true })
        .sort({ seq: 1 })
        .limit(TOGETHER)
        .toArray();
      if (waiting.length === 0) return any;
      for (const event of waiting) {
        await apply(event);
        await events.updateOne({ _id: event._id }, { $unset: { pending: '' } });
      }
    }
  };
  return {
    settle: async (roomId) => (await pendingIn([roomId])).has(roomId) && finish(roomId),
    settleAll: async (roomIds) => {
      for (const roomId of (await pendingIn(roomIds)).keys()) await finish(roomId);
    },
  };
};
