import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { answerJob } from './answer-job.ts';
import type { HttpJob, HttpMeasured } from './http.ts';
import type { Edge } from './job.ts';

/** Kept connections, each with one request on its way, in a process of their own. */
const CONNECTIONS = 32;
const WARM_UP_MS = 2_000;

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: (\d+)/i;

type Counts = { answers: number; problem: string | null };

/** Reads answers by their length; the first that is no 200 stops everything. */
const openConnection = ({ port, path }: HttpJob, counts: Counts) => {
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  let kept: Buffer | null = null;
  /** Bytes of the answer's body that are still to come; null while its head is. */
  let left: number | null = null;
  const done = () => {
    left = null;
    counts.answers += 1;
    socket.write(request);
  };
  const begin = (bytes: Buffer) => {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) {
      kept = Buffer.from(bytes);
      return;
    }
    kept = null;
    const head = bytes.toString('latin1', 0, end);
    const length = LENGTH.exec(head)?.[1];
    if (!head.startsWith('HTTP/1.1 200') || length === undefined)
      counts.problem ??= `an answer of another kind: ${head.slice(0, 300)}`;
    left = Number(length) - (bytes.length - end - HEAD_END.length);
    if (left === 0) done();
  };
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request));
  socket.on('data', (chunk) => {
    if (left === null) return begin(kept ? Buffer.concat([kept, chunk]) : chunk);
    left -= chunk.length;
    if (left < 0) counts.problem ??= 'more bytes than were announced';
    if (left === 0) done();
  });
  socket.on('error', (error) => {
    counts.problem ??= error.message;
  });
  return socket;
};

const read = async (job: HttpJob, say: (edge: Edge) => Promise<void>): Promise<HttpMeasured> => {
  const counts: Counts = { answers: 0, problem: null };
  const sockets = Array.from({ length: CONNECTIONS }, () => openConnection(job, counts));
  await wait(WARM_UP_MS);
  await say('begin');
  const [before, start, own] = [counts.answers, performance.now(), process.cpuUsage()];
  await wait(job.seconds * 1_000);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(own);
  const answers = counts.answers - before;
  await say('end');
  for (const socket of sockets) socket.destroy();
  if (counts.problem) throw new Error(counts.problem);
  return {
    requestsPerSecond: (answers * 1_000) / ms,
    generatorShare: (user + system) / 1_000 / ms,
  };
};

answerJob(read);
