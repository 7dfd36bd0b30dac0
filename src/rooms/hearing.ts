import { type Access, mayRead } from './access.ts';
import type { RoomKind } from './contract.ts';
import type { RoomsStore } from './store.ts';

/** A room as others refer to it. */
export type Place = {
  id: string;
  kind: RoomKind;
  title: string;
  article?: { id: string; slug: string; title: string };
};

export type Hearing = {
  /** Those of these rooms that this person may read. */
  places(userId: string, roomIds: readonly string[]): Promise<Map<string, Place>>;
  /** Those of these people who may read the room and have not muted it. */
  hearers(roomId: string, userIds: readonly string[]): Promise<string[]>;
};

/** Who wants to hear of a room elsewhere, and what it is called there. */
export const createHearing = (store: RoomsStore, access: Access): Hearing => ({
  places: async (userId, roomIds) => {
    const rooms = await Promise.all(
      roomIds.map((roomId) => access.findReadable({ userId }, roomId)),
    );
    return new Map(
      rooms.flatMap((room) => {
        if (!room) return [];
        const { id, kind, title, article } = room;
        const named = article && { id: article.id, slug: article.slug, title: article.title };
        return [[id, { id, kind, title, ...(named && { article: named }) }]];
      }),
    );
  },
  hearers: async (roomId, userIds) => {
    const [room, members] = await Promise.all([
      store.room(roomId),
      store.membersAmong(roomId, userIds),
    ]);
    if (!room) return [];
    const byUser = new Map(members.map((member) => [member.userId, member]));
    return userIds.filter((userId) => {
      const member = byUser.get(userId) ?? null;
      return mayRead({ room, member }, userId) && !member?.muted;
    });
  },
});
