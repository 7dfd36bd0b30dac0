/**
 * Every body is `~`, the number of the message, and when it was to be sent:
 * `~00000123 0001234567.890 padding`. No protocol here uses `~` for anything else, so that a
 * delivery is found by one search for a byte, whatever is wrapped around it.
 */
const MARK = 0x7e;
const NUMBER = 8;
const TIME = 14;
/** From the mark to the end of the time. */
export const HEAD_BYTES = 1 + NUMBER + 1 + TIME;
const ZERO = 0x30;

export const bodyOf = (number: number, plannedAt: number, chars: number): string => {
  const head = `~${String(number).padStart(NUMBER, '0')} ${plannedAt.toFixed(3).padStart(TIME, '0')} `;
  return head.padEnd(chars, 'lorem ipsum dolor sit amet ');
};

const numberAt = (buffer: Buffer, at: number): number => {
  let number = 0;
  for (let index = at; index < at + NUMBER; index += 1)
    number = number * 10 + ((buffer[index] ?? ZERO) - ZERO);
  return number;
};
/** The numbers of all messages in these bytes, in their order. */
export const numbersIn = (buffer: Buffer, from: number, to: number): number[] => {
  const numbers: number[] = [];
  for (let at = buffer.indexOf(MARK, from); at >= 0 && at < to; at = buffer.indexOf(MARK, at + 1))
    numbers.push(numberAt(buffer, at + 1));
  return numbers;
};
/** Sums of these tell different messages apart where counts alone would not. */
const scattered = (number: number) => Math.imul(number + 1, 0x9e3779b1) >>> 0;

export type Losses = {
  /** Deliveries that did not come. */
  lost: number;
  /** Deliveries that came again. */
  doubled: number;
  /** Members with the right count of the wrong messages. */
  mixed: number;
  /** Deliveries of what was never sent, or of another room. */
  strange: number;
};

export type Tally = {
  /** Gives the next message of this room its number. */
  next(room: number): number;
  /** Counts what stands in these bytes, which this member was sent. */
  take(member: number, buffer: Buffer, from: number, to: number): void;
  delivered(): number;
  sent(): number;
  /** Whether everybody has everything. */
  isComplete(): boolean;
  losses(): Losses;
};

type Options = {
  /** The room of each member. */
  roomOf: readonly number[];
  /** Who is timed. */
  isTimed: (member: number) => boolean;
  /** A message of this room has reached all its members. */
  complete?: (number: number, room: number) => void;
  timed?: (member: number, number: number, ms: number) => void;
};

/** Counts who was sent what, cheaply enough for hundreds of thousands of deliveries a second. */
export const createTally = ({ roomOf, isTimed, complete, timed }: Options): Tally => {
  const rooms = Math.max(...roomOf) + 1;
  const sizes = Array.from({ length: rooms }, (_, room) => roomOf.filter((r) => r === room).length);
  const timedMembers = Uint8Array.from(roomOf, (_, member) => Number(isTimed(member)));
  const got = new Float64Array(roomOf.length);
  const marks = new Float64Array(roomOf.length);
  const sentIn = new Float64Array(rooms);
  const marksIn = new Float64Array(rooms);
  /** By message: its room, and how many members have not had it yet. */
  const roomOfMessage: number[] = [];
  const missing: number[] = [];
  let delivered = 0;
  let strange = 0;

  const one = (member: number, number: number) => {
    const room = roomOf[member] as number;
    if (roomOfMessage[number] !== room) {
      strange += 1;
      return;
    }
    delivered += 1;
    got[member] = (got[member] ?? 0) + 1;
    marks[member] = (marks[member] ?? 0) + scattered(number);
    const left = (missing[number] ?? 0) - 1;
    missing[number] = left;
    if (left === 0) complete?.(number, room);
  };
  const expected = () => sentIn.reduce((sum, count, room) => sum + count * (sizes[room] ?? 0), 0);

  return {
    next: (room) => {
      const number = roomOfMessage.length;
      roomOfMessage.push(room);
      missing.push(sizes[room] ?? 0);
      sentIn[room] = (sentIn[room] ?? 0) + 1;
      marksIn[room] = (marksIn[room] ?? 0) + scattered(number);
      return number;
    },
    take: (member, buffer, from, to) => {
      let at = buffer.indexOf(MARK, from);
      while (at >= 0 && at + HEAD_BYTES <= to) {
        const number = numberAt(buffer, at + 1);
        if (timedMembers[member]) {
          const start = at + 1 + NUMBER + 1;
          const plannedAt = Number(buffer.toString('latin1', start, start + TIME));
          timed?.(member, number, performance.now() - plannedAt);
        }
        one(member, number);
        at = buffer.indexOf(MARK, at + HEAD_BYTES);
      }
    },
    delivered: () => delivered,
    sent: () => roomOfMessage.length,
    isComplete: () => delivered >= expected(),
    losses: () => {
      const losses: Losses = { lost: 0, doubled: 0, mixed: 0, strange };
      for (const [member, room] of roomOf.entries()) {
        const difference = (sentIn[room] ?? 0) - (got[member] ?? 0);
        losses.lost += Math.max(0, difference);
        losses.doubled += Math.max(0, -difference);
        if (difference === 0 && marks[member] !== marksIn[room]) losses.mixed += 1;
      }
      return losses;
    },
  };
};
