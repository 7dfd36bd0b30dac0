import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addEvents, startLog } from '../../client/src/rooms/log.ts';
import { DomainError } from '../../src/errors.ts';
import type { Actor } from '../../src/platform/actor.ts';
import type { Message, RoomEvent } from '../../src/rooms/contract.ts';
import { describeOnStores } from '../support/backends.ts';
import { heard, openRoomsWorld, type Process, type RoomsWorld, say, until } from './world.ts';

type Act =
  | { kind: 'send'; by: number }
  | { kind: 'reply'; by: number; to: number }
  | { kind: 'edit'; by: number; to: number }
  | { kind: 'delete'; by: number; to: number }
  | { kind: 'react'; by: number; to: number; emoji: string; on: boolean }
  | { kind: 'member'; by: number }
  | { kind: 'rename'; by: number };

const by = fc.nat({ max: 2 });
const to = fc.nat({ max: 5 });
const emoji = fc.constantFrom('👍', '❤️');
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('send'), by }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('reply', 'edit', 'delete'), by, to }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('react'), by, to, emoji, on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('member', 'rename'), by }) },
) as fc.Arbitrary<Act>;
/** What happens at once, on both processes. */
const moments = fc.array(fc.array(act, { minLength: 1, maxLength: 6 }), {
  minLength: 1,
  maxLength: 8,
});

describeOnStores('state and events', (name) => {
  let world: RoomsWorld;
  let processes: [Process, Process];
  let actors: [Actor, Actor, Actor];
  beforeAll(async () => {
    world = await openRoomsWorld(name);
    processes = [await world.process(), await world.process()];
    actors = [await world.join('ana'), await world.join('ben'), await world.join('cleo')];
  });
  afterAll(async () => world?.close());

  const comparable = (messages: readonly Message[]) =>
    messages.map(({ reactions, ...message }) => ({
      ...message,
      reactions: Object.fromEntries(
        Object.entries(reactions)
          .map(([each, userIds]) => [each, userIds.toSorted()] as const)
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    }));
  const page = async (process: Process, roomId: string) => {
    const { epoch, head, messages } = await process.rooms.messages(actors[0], roomId, {
      limit: 100,
    });
    return startLog({ roomId, epoch, head, messages });
  };
  const since = async (process: Process, roomId: string, seq: number): Promise<RoomEvent[]> =>
    (await process.rooms.events(actors[0], roomId, { after: seq, limit: 200 })).events;

  type Touch = Extract<Act, { to: number }>;
  const touch = async (roomId: string, sent: string[], messageId: string, wanted: Touch) => {
    const actor = actors[wanted.by] as Actor;
    const { rooms } = processes[wanted.by % 2] as Process;
    if (wanted.kind === 'reply') {
      const reply = say('A reply with **force**', { replyTo: messageId });
      sent.push((await rooms.send(actor, { roomId, ...reply })).message.id);
    } else if (wanted.kind === 'edit') {
      await rooms.edit(actor, { roomId, messageId, body: `Changed to *${wanted.by}*` });
    } else if (wanted.kind === 'delete') {
      await rooms.remove(actor, { roomId, messageId });
    } else {
      await rooms.react(actor, { roomId, messageId, emoji: wanted.emoji, on: wanted.on });
    }
  };
  const perform = async (roomId: string, sent: string[], wanted: Act): Promise<void> => {
    const actor = actors[wanted.by] as Actor;
    const { rooms } = processes[wanted.by % 2] as Process;
    const messageId = 'to' in wanted ? sent[wanted.to % Math.max(1, sent.length)] : undefined;
    if (wanted.kind === 'send') {
      sent.push((await rooms.send(actor, { roomId, ...say('Words') })).message.id);
    } else if (wanted.kind === 'member') {
      await rooms.removeMember(actor, roomId, actor.username);
      await rooms.addMember(actor, roomId, actor.username);
    } else if (wanted.kind === 'rename') {
      await rooms.rename(actor, roomId, `Named by ${actor.username}`);
    } else if (messageId !== undefined) {
      await touch(roomId, sent, messageId, wanted);
    }
  };
  /** A refusal is an answer like another; what it leaves behind is compared. */
  const attempt = async (roomId: string, sent: string[], wanted: Act) => {
    try {
      await perform(roomId, sent, wanted);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'unavailable') throw error;
    }
  };

  test('an older page and the events since make the fresh page, whatever happened at once', async () => {
    const run = async (steps: Act[][]) => {
      const { id: roomId } = await processes[0].rooms.create(actors[0], {
        kind: 'public',
        title: 'Open',
      });
      await Promise.all(
        actors.map((actor) => processes[0].rooms.addMember(actor, roomId, actor.username)),
      );
      const listener = await processes[1].connect(null);
      const joined = await processes[1].rooms.join(listener, { roomId });
      const sent: string[] = [];
      const older = [await page(processes[0], roomId)];
      for (const together of steps) {
        const [snapshot] = await Promise.all([
          page(processes[1], roomId),
          ...together.map((each) => attempt(roomId, sent, each)),
        ]);
        older.push(snapshot, await page(processes[0], roomId));
      }
      const fresh = await page(processes[1], roomId);
      const wanted = comparable(fresh.messages);
      for (const log of older) {
        const now = addEvents(log, await since(processes[0], roomId, log.seq));
        expect(now.seq).toBe(fresh.seq);
        expect(comparable(now.messages)).toEqual(wanted);
      }
      const start = startLog({ roomId, ...joined, messages: joined.messages ?? [] });
      await until(() => (heard(listener, roomId).at(-1)?.seq ?? joined.head) === fresh.seq);
      const live = addEvents(start, heard(listener, roomId));
      expect(comparable(live.messages)).toEqual(wanted);
      listener.leave();
    };
    await fc.assert(fc.asyncProperty(moments, run), { numRuns: 8, endOnFailure: true });
  }, 60_000);

  test('a page around a message has it in its middle, and is of its room alone', async () => {
    const [{ rooms }] = processes;
    const create = () => rooms.create(actors[0], { kind: 'group', title: 'Around' });
    const [{ id: roomId }, { id: elsewhere }] = [await create(), await create()];
    const sent: string[] = [];
    for (let n = 1; n <= 9; n += 1)
      sent.push((await rooms.send(actors[0], { roomId, ...say(`${n}`) })).message.id);
    const bodies = async (index: number, limit: number) => {
      const around = sent[index];
      const found = await rooms.messages(actors[0], roomId, { around, limit });
      return found.messages.map(({ body }) => body).join(' ');
    };
    expect(await bodies(4, 4)).toBe('3 4 5 6');
    expect(await bodies(4, 1)).toBe('5');
    expect(await bodies(0, 4)).toBe('1 2');
    expect(await bodies(8, 4)).toBe('6 7 8 9');
    const refused = expect.objectContaining({ code: 'not_found' });
    for (const around of ['no-such-message', sent[0] as string])
      await expect(rooms.messages(actors[0], elsewhere, { around, limit: 4 })).rejects.toEqual(
        refused,
      );
    await expect(rooms.messages(actors[1], roomId, { around: sent[0], limit: 4 })).rejects.toEqual(
      refused,
    );
  });

  test('a room in the list is the same after an event as when it is fetched', async () => {
    const [ana, ben] = actors;
    const [{ rooms }] = processes;
    world.clock.move(1_000);
    const room = await rooms.create(ana, { kind: 'group', title: 'Small', members: ['ben'] });
    const first = await rooms.send(ana, { roomId: room.id, ...say('One @ben') });
    await rooms.send(ana, { roomId: room.id, ...say('Two') });
    const before = await rooms.get(ben, room.id);
    expect(before).toMatchObject({ head: 2, n: 2, unread: 2, mentions: 1, lastRead: 0 });
    await rooms.remove(ana, { roomId: room.id, messageId: first.message.id });
    const after = await rooms.get(ben, room.id);
    expect(after).toMatchObject({ head: 3, n: 2, unread: 1, mentions: 0 });
    expect(after.lastMessage?.body).toBe('Two');
    expect((await rooms.mine(ben, { limit: 1 })).items).toEqual([
      (({ members: _members, ...shown }) => shown)(after),
    ]);
    expect((await rooms.summaries(ben.userId))[0]).toEqual({
      ...{ id: room.id, head: 3, n: 2, lastRead: 0, unread: 1 },
    });
  });
});
