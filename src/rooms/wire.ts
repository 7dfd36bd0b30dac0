import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { Message, RoomEvent } from './contract.ts';
import type { EventRecord, MessageRecord } from './records.ts';

type People = ReadonlyMap<string, Person>;

const messageOf = (record: MessageRecord, people: People): Message => {
  const message: Message = {
    id: record.id,
    roomId: record.roomId,
    seq: record.seq,
    n: record.n,
    sender: people.get(record.senderId) ?? null,
    clientId: record.clientId,
    body: record.body,
    at: record.at,
    editedAt: record.editedAt,
    deleted: record.deletedAt !== null,
    replyTo: record.replyTo,
    threadId: record.threadId,
    reactions: record.reactions,
  };
  if (record.html !== null) message.html = record.html;
  return message;
};

const eventOf = (record: EventRecord, people: People): RoomEvent => {
  const { seq, at } = record;
  switch (record.kind) {
    case 'message':
      return { seq, at, kind: 'message', message: messageOf(record, people) };
    case 'edit': {
      const { messageId, body, html } = record;
      return { seq, at, kind: 'edit', messageId, body, ...(html && { html }), editedAt: at };
    }
    case 'delete':
      return { seq, at, kind: 'delete', messageId: record.messageId };
    case 'reaction': {
      const { messageId, emoji, on, senderId } = record;
      return { seq, at, kind: 'reaction', messageId, emoji, on, userId: senderId };
    }
    case 'member': {
      const { userId, change, senderId: by } = record;
      return { seq, at, kind: 'member', userId, person: people.get(userId) ?? null, change, by };
    }
    case 'room':
      return { seq, at, kind: 'room', ...(record.title !== undefined && { title: record.title }) };
  }
};

/** Who is shown in an event. */
const shownIn = (record: EventRecord): string[] => {
  if (record.kind === 'member') return [record.userId];
  return record.kind === 'message' ? [record.senderId] : [];
};

export type Wire = {
  messages(records: readonly MessageRecord[]): Promise<Message[]>;
  events(records: readonly EventRecord[]): Promise<RoomEvent[]>;
};

/** Stored records as clients see them, with their people. */
export const createWire = (accounts: Pick<Accounts, 'people'>): Wire => {
  const peopleIn = (records: readonly EventRecord[]) =>
    accounts.people([...new Set(records.flatMap(shownIn))]);
  return {
    messages: async (records) => {
      const people = await peopleIn(records);
      return records.map((record) => messageOf(record, people));
    },
    events: async (records) => {
      const people = await peopleIn(records);
      return records.map((record) => eventOf(record, people));
    },
  };
};
