import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PAGE_BYTES = 4_096;
/** Ticks of /proc/PID/stat: USER_HZ is 100 on every Linux of today. */
const TICK_MICROS = 10_000;

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile.
    return null;
  }
};
const numbersIn = (folder: string): number[] =>
  readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** The fields after the name, which may hold anything. */
const statOf = (pid: number): string[] =>
  read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ') ?? [];

/** These processes and all that they have started. */
export const familyOf = (pids: readonly number[]): number[] => {
  const family = new Set(pids);
  const parents = numbersIn('/proc').map((pid) => [pid, Number(statOf(pid)[1])] as const);
  let before = -1;
  while (family.size > before) {
    before = family.size;
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid);
  }
  return [...family];
};

/** CPU time in µs of each thread of a process, with the name that the thread bears. */
export const threadsOf = (pid: number): Map<string, number> =>
  new Map(
    numbersIn(`/proc/${pid}/task`).map((thread) => {
      const of = `/proc/${pid}/task/${thread}`;
      const name = `${thread} ${read(`${of}/comm`)?.trim() ?? ''}`;
      return [name, Number(read(`${of}/schedstat`)?.split(' ')[0] ?? 0) / 1_000];
    }),
  );

/** CPU time of one process with all its threads: to the nanosecond where the kernel tells it. */
const microsOf = (pid: number): number => {
  const [, , , , , , , , , , , user, system] = statOf(pid);
  const ticks = (Number(user ?? 0) + Number(system ?? 0)) * TICK_MICROS;
  try {
    const exact = [...threadsOf(pid).values()].reduce((sum, each) => sum + each, 0);
    // Threads that have ended are in the ticks alone.
    return Math.abs(exact - ticks) < 4 * TICK_MICROS ? exact : ticks;
  } catch {
    return ticks;
  }
};

/** CPU time in µs that these processes have used so far. */
export const cpuMicros = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + microsOf(pid), 0);

/** Memory of these processes that is in RAM, in bytes. */
export const residentBytes = (pids: readonly number[]): number =>
  pids.reduce(
    (sum, pid) => sum + Number(read(`/proc/${pid}/statm`)?.split(' ')[1] ?? 0) * PAGE_BYTES,
    0,
  );

/** Keeps these processes, with all their threads, on one core. */
export const pin = async (pids: readonly number[], core: number): Promise<void> => {
  for (const pid of pids) await run('taskset', ['-a', '-c', '-p', `${core}`, `${pid}`]);
};
