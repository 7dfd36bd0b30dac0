import type { Logger } from '../log.ts';
import type { Message, RoomEvent } from '../rooms/contract.ts';
import type { Committed, Rooms } from '../rooms/service.ts';
import { createIndexing } from './indexing.ts';
import { type Doc, roomPlace, type SearchStore } from './store.ts';
import type { Talk } from './talk.ts';
import { wordsOf } from './words.ts';

type Options = {
  store: Pick<SearchStore, 'put' | 'remove'>;
  rooms: Pick<Rooms, 'message'>;
  log: Logger;
};

type RoomOf = Committed['room'];

const placeOf = ({ id, kind }: RoomOf): string => {
  if (kind === 'article') return 'responses';
  return kind === 'public' ? 'messages' : roomPlace(id);
};
export const kindOf = ({ kind }: RoomOf) => (kind === 'article' ? 'responses' : 'messages');

/** A message as it is found. `rev` is the last event that changed it. */
export const docOf = (
  room: RoomOf,
  { id, at, body }: Pick<Message, 'id' | 'at' | 'body'>,
  authorId: string,
  rev: number,
): Doc => ({
  ...{ kind: kindOf(room), id, place: placeOf(room), authorId, roomId: room.id, at, rev },
  ...{ title: '', text: '', titleWords: [], words: wordsOf(body) },
});

/** Tells the index what is said, in crowds. */
export const createTelling = ({ store, rooms, log }: Options): Talk => {
  const index = createIndexing({ store, log });
  const message = async (room: RoomOf, id: string, current: Message | undefined, rev: number) => {
    const sender = current?.sender;
    if (!sender || current.deleted) return index.remove(kindOf(room), id);
    return index.put(kindOf(room), id, () => docOf(room, current, sender.id, rev));
  };
  const event = async (room: RoomOf, told: RoomEvent): Promise<void> => {
    if (told.kind === 'message') return message(room, told.message.id, told.message, told.seq);
    if (told.kind !== 'edit' && told.kind !== 'delete') return;
    // They tell only what is new: the rest is asked for.
    const found = await rooms.message(told.messageId);
    return message(room, told.messageId, found?.message, told.seq);
  };
  return {
    heard: async ({ room, events }) => {
      for (const told of events) await event(room, told);
    },
    close: index.close,
  };
};
