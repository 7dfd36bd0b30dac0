import { setTimeout as wait } from 'node:timers/promises';
import { answerJob } from './answer-job.ts';
import type { Edge } from './job.ts';
import { openEngine } from './lines/engine.ts';
import { cpuMicros } from './processes.ts';
import { MISSED, type Returned, type ReturnJob, SEEN } from './return.ts';
import { numbersIn } from './tally.ts';

/** The clients of `return.ts`, in a process of their own. */
const READY = '42["ready"';
const WITHIN_MS = 40_000;
/** What the server does about those who left is done by then. */
const SETTLE_MS = 3_000;
const last = SEEN + MISSED;

/** Why this answer is not exactly what was missed, in order; null when it is. */
const wrongWith = (buffer: Buffer, from: number, to: number): string | null => {
  const numbers = numbersIn(buffer, from, to);
  const wrong = numbers.findIndex((number, index) => number !== SEEN + 1 + index);
  if (numbers.length === MISSED && wrong < 0) return null;
  return `${numbers.length} messages of ${SEEN + 1} to ${last}: ${buffer.toString('latin1', from, Math.min(to, from + 200))}`;
};

/** Connects, enters its rooms, and is complete when each has told what was missed; answers how to cut it off. */
const comeBack = (
  { port, epoch }: ReturnJob,
  { token, roomIds }: ReturnJob['clients'][number],
  problems: string[],
) =>
  new Promise<() => void>((resolve, reject) => {
    let waiting = roomIds.length;
    const enter = () => {
      for (const [index, roomId] of roomIds.entries())
        say(`42${index}["room:join",${JSON.stringify({ roomId, after: { epoch, seq: SEEN } })}]`);
    };
    let ready = false;
    let say: (text: string) => void = () => {};
    let cut = () => {};
    openEngine({
      port,
      auth: { token },
      onEvent: (buffer, from) => {
        if (buffer.toString('latin1', from, from + READY.length) !== READY) return;
        ready = true;
        enter();
      },
      onAck: (buffer, from, to) => {
        const wrong = wrongWith(buffer, from, to);
        if (wrong) problems.push(wrong);
        waiting -= 1;
        if (waiting === 0) resolve(cut);
      },
      onClose: (why) => reject(new Error(why)),
    }).then(({ send, close }) => {
      say = send;
      cut = close;
      if (ready) enter();
    }, reject);
  });

const comeBackAll = async (
  job: ReturnJob,
  say: (edge: Edge) => Promise<void>,
): Promise<Returned> => {
  const problems: string[] = [];
  const once = async () => {
    const start = performance.now();
    const all = job.clients.map((client) => comeBack(job, client, problems));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('not all came back in time')), WITHIN_MS);
    });
    const cuts = await Promise.race([Promise.all(all), late]).finally(() => clearTimeout(timer));
    return { ms: performance.now() - start, cuts };
  };
  // To a process that has just begun, as after a restart; and to the same one, as after a cut.
  const restart = await once();
  for (const cut of restart.cuts) cut();
  await wait(SETTLE_MS);
  await say('begin');
  const serverBefore = cpuMicros(job.pids);
  const before = process.cpuUsage();
  const { ms } = await once();
  const { user, system } = process.cpuUsage(before);
  const busy = (cpuMicros(job.pids) - serverBefore) / 1_000 / ms;
  await say('end');
  return {
    ...{ seconds: ms / 1_000, restartSeconds: restart.ms / 1_000, busy, problems },
    generatorShare: (user + system) / 1_000 / ms,
  };
};

answerJob(comeBackAll);
