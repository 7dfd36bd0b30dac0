import { expect, test } from 'vitest';
import { createMongoInsert } from '../../src/rooms/append.mongo.ts';
import { aMessage } from './records.ts';

type Places = Parameters<typeof createMongoInsert>[0];

/** A database in which another process takes the next number so many times before this one can. */
const besideAnother = (faster: number) => {
  let seq = 0;
  const events = {
    findOne: async () => ({ seq, n: seq }),
    find: () => ({ limit: () => ({ toArray: async () => [] }) }),
    insertOne: async () => {
      seq += 1;
      if (seq <= faster) throw Object.assign(new Error('E11000 room_seq'), { code: 11_000 });
    },
  };
  const rooms = { findOne: async () => ({ _id: 'room' }) };
  return createMongoInsert({ rooms, events } as unknown as Places);
};

test('a message whose number is taken many times in a row is stored under a later one', async () => {
  const message = aMessage('room', 'ana');
  const outcomes = await besideAnother(15).insert('room', [message]);
  expect(outcomes.get(message.id)).toMatchObject({ state: 'stored', event: { seq: 16 } });
});

test('next to one that is always faster it is refused in the end, as busy', async () => {
  const message = aMessage('room', 'ana');
  const outcomes = await besideAnother(Number.POSITIVE_INFINITY).insert('room', [message]);
  expect(outcomes.get(message.id)).toMatchObject({
    state: 'failed',
    error: { code: 'unavailable' },
  });
});
