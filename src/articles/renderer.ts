import type { Worker } from 'node:worker_threads';
import { unavailable } from '../errors.ts';
import type { Logger } from '../log.ts';
import { startWorker } from '../platform/worker.ts';
// Markdown itself and its grammars are loaded by the worker alone.
import { type Rendered, renderPlain } from './plain.ts';

export type Renderer = {
  /**
   * Markdown as HTML, within a bounded time whatever the text: what cannot be digested is shown as
   * it was typed. Errors: unavailable, when too many wait.
   */
  render(body: string): Promise<Rendered>;
  close(): Promise<void>;
};

/** A text of usual length takes some 10 ms; the first one also starts the worker. */
const TIME_MS = 10_000;
const MAX_WAITING = 200;
/** An unused worker gives its memory back. */
const IDLE_MS = 60_000;
const HEAP_MB = 192;

type Waiting = { body: string; resolve: (rendered: Rendered) => void };
type Limits = { timeMs?: number; idleMs?: number };

/** Renders in a worker of its own, so that no text holds up the site; made at the first text. */
export const createRenderer = (
  log: Logger,
  { timeMs = TIME_MS, idleMs = IDLE_MS }: Limits = {},
): Renderer => {
  let worker: Worker | null = null;
  let running: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const waiting: Waiting[] = [];

  const start = (): Worker => {
    const started = startWorker(new URL('./render-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    started.unref();
    started.on('message', (rendered: Rendered | null) => {
      if (started === worker) finish(rendered);
    });
    started.on('error', (error) => giveUp(started, error));
    return started;
  };
  const finish = (rendered: Rendered | null) => {
    clearTimeout(timer);
    const done = running;
    running = null;
    if (done) done.resolve(rendered ?? renderPlain(done.body));
    next();
  };
  const giveUp = (failed: Worker, reason: unknown) => {
    if (failed !== worker) return;
    log.warn({ err: reason, size: running?.body.length }, 'a text could not be rendered');
    worker = null;
    void failed.terminate();
    finish(null);
  };
  const retire = () => {
    void worker?.terminate();
    worker = null;
  };
  const next = () => {
    if (running || closed) return;
    running = waiting.shift() ?? null;
    if (!running) {
      timer = setTimeout(retire, idleMs).unref();
      return;
    }
    clearTimeout(timer);
    const busy = (worker ??= start());
    timer = setTimeout(() => giveUp(busy, new Error('it took too long')), timeMs);
    busy.postMessage(running.body);
  };
  return {
    render: (body) =>
      new Promise((resolve, reject) => {
        if (closed || waiting.length >= MAX_WAITING)
          return reject(unavailable('Too many texts are being rendered.'));
        waiting.push({ body, resolve });
        next();
      }),
    close: async () => {
      closed = true;
      clearTimeout(timer);
      const last = worker;
      worker = null;
      for (const each of [...(running ? [running] : []), ...waiting.splice(0)])
        each.resolve(renderPlain(each.body));
      running = null;
      await last?.terminate();
    },
  };
};
