import type { Line, OpenLine, Seat, Told } from './line.ts';

/** Logins that are under way at once. */
const AT_ONCE = 40;

export type Crowd = { lines: Line[]; close(): void };

/** Everybody connects and enters; the last of each room when all others are in. */
export const openCrowd = async (
  seats: readonly Seat[],
  open: OpenLine,
  toldOf: (member: number) => Told,
): Promise<Crowd> => {
  const lines: Line[] = [];
  const enter = async (members: number[]) => {
    const waiting = members.values();
    const next = async () => {
      for (const member of waiting)
        lines[member] = await open(seats[member] as Seat, toldOf(member));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
  };
  const lasts = lastsOf(seats);
  const members = seats.map((_, member) => member);
  await enter(members.filter((member) => !lasts.has(member)));
  await enter([...lasts]);
  return {
    lines,
    close: () => {
      for (const line of lines) line.close();
    },
  };
};

/** The last member of each room, in the order in which they stand. */
export const lastsOf = (seats: readonly Seat[]): Set<number> =>
  new Set(new Map(seats.map(({ room }, member) => [room, member])).values());
