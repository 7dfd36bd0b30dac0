import type { AskName } from '../../src/contract.ts';
import type { Device } from './device.ts';
import { type Fact, personOf } from './history.ts';
import type { Random } from './random.ts';

export type Pace = {
  /** Mean time between two messages of one device. */
  everyMs: number;
  /** Length of a body, in characters. */
  length: number;
  /** Share of turns that edit, delete or react instead of saying something. */
  acts: number;
  /** Share of turns that try what must be refused. */
  wrongs: number;
};
export const calm: Pace = { everyMs: 350, length: 60, acts: 0.15, wrongs: 0.03 };

type Options = {
  device: Device;
  userId: string;
  roomIds: string[];
  /** A room in which this person has no say. */
  closedRoomId: string;
  random: Random;
  record(fact: Fact): void;
};

const emojis = ['👍', '🎉', '😀'];
const READ_EVERY = 5;

/** One device's part in the conversations: messages, edits, reactions, and some wrong tries. */
export const createTalker = (options: Options) => {
  const { device, userId, roomIds, closedRoomId, random, record } = options;
  let said = 0;
  let lastOwn: { roomId: string; clientId: string } | null = null;
  let timer: NodeJS.Timeout | undefined;

  const newMark = () => `${device.name}:${(said += 1)}`;
  const newClientId = () =>
    Array.from({ length: 22 }, () => random.whole(0, 35).toString(36)).join('');
  const bodyOf = (mark: string, length: number) =>
    mark.padEnd(length, ' lorem ipsum dolor sit amet');

  const say = (length: number) => {
    const roomId = random.pick(roomIds);
    const [mark, clientId] = [newMark(), newClientId()];
    device.say({ roomId, clientId, mark, body: bodyOf(mark, length) });
    lastOwn = { roomId, clientId };
  };
  const sayWrongly = (draft: { roomId: string; clientId: string; mark: string; body: string }) =>
    device.act((wire) => {
      const { roomId, clientId, mark, body } = draft;
      const about = { device: `${device.name}!`, roomId, mark };
      record({ kind: 'send', ...about, wrong: true });
      wire.ask('message:send', { roomId, clientId, body }, (ack) =>
        record(
          ack.ok
            ? { kind: 'ok', ...about, seq: ack.data.message.seq, id: ack.data.message.id }
            : { kind: 'error', ...about, code: ack.error.code },
        ),
      );
    });
  const tryWrong = () => {
    const mark = newMark();
    if (random.chance(0.5) || !lastOwn)
      sayWrongly({ roomId: closedRoomId, clientId: newClientId(), mark, body: mark });
    // The same clientId for other words, as long as its own message is surely stored.
    else if (device.state().waiting === 0) sayWrongly({ ...lastOwn, mark, body: mark });
  };
  const act = () => {
    const roomId = random.pick(roomIds);
    const recent = device
      .messages(roomId)
      .filter(({ deleted }) => !deleted)
      .slice(-20);
    if (recent.length === 0) return;
    const any = random.pick(recent);
    const own = recent.findLast(({ sender }) => sender?.id === userId);
    const kind = random.pick<AskName>([
      'message:react',
      'message:react',
      'message:edit',
      'message:delete',
    ]);
    const ignore = () => {};
    device.act((wire) => {
      if (kind === 'message:react')
        wire.ask(
          kind,
          { roomId, messageId: any.id, emoji: random.pick(emojis), on: random.chance(0.7) },
          ignore,
        );
      if (!own) return;
      const [mark] = own.body.split(' ', 1);
      if (kind === 'message:edit')
        wire.ask(
          kind,
          { roomId, messageId: own.id, body: `${mark} edited ${random.whole(1, 999)}` },
          ignore,
        );
      if (kind === 'message:delete') wire.ask(kind, { roomId, messageId: own.id }, ignore);
    });
  };
  const takeTurn = (pace: Pace) => {
    if (random.chance(pace.wrongs)) tryWrong();
    else if (random.chance(pace.acts)) act();
    else say(pace.length);
    if (said % READ_EVERY === 0) for (const roomId of roomIds) device.read(roomId);
  };
  const begin = (pace: Pace) => {
    // Exponential gaps: turns of many devices bunch together as those of people do.
    const wait = -Math.log(1 - random.next()) * pace.everyMs;
    timer = setTimeout(() => {
      takeTurn(pace);
      begin(pace);
    }, wait);
  };
  return {
    person: personOf(device.name),
    begin,
    say,
    stop: () => clearTimeout(timer),
  };
};
