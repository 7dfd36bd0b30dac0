import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { unavailable } from '../errors.ts';
import { within } from '../platform/within.ts';

type Options = {
  store: string;
  bus: () => { kind: string; healthy: boolean };
  version: string;
  isDraining: () => boolean;
  /** Rejects when the store does not answer. */
  checkStore: () => Promise<void>;
  connections: () => number;
};

const STORE_ANSWER_MS = 2_000;
/** How long the timer takes by which the delay of the event loop is measured. */
export const LOOP_LOOK_MS = 50;

const isSilent = () => unavailable('The store does not answer.');

const createMetrics = (app: FastifyInstance, options: Options): Registry => {
  const registry = new Registry();
  const registers = [registry];
  // The loop wakes so often to see how late it is: at the usual 10 ms that is most of what an idle
  // process does.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_LOOK_MS });
  new Gauge({
    name: 'lyceum_connections',
    help: 'Open socket connections of this process',
    registers,
    collect() {
      this.set(options.connections());
    },
  });
  new Gauge({
    name: 'lyceum_bus_healthy',
    help: '1 while the bus to the other processes answers',
    registers,
    collect() {
      this.set(options.bus().healthy ? 1 : 0);
    },
  });
  const seconds = new Histogram({
    name: 'lyceum_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    seconds.observe(labels, reply.elapsedTime / 1_000);
    done();
  });
  return registry;
};

/** /health, /ready and /metrics: for those who run the site. */
export const addOperations = (app: FastifyInstance, options: Options) => {
  const registry = createMetrics(app, options);
  const hidden = { schema: { hide: true } };
  app.get('/health', hidden, async () => ({
    status: 'ok',
    store: options.store,
    bus: options.bus().kind,
    version: options.version,
  }));
  app.get('/ready', hidden, async () => {
    if (options.isDraining()) throw unavailable('Shutting down.', 5_000);
    await within(STORE_ANSWER_MS, options.checkStore(), isSilent).catch(() => {
      throw unavailable('The store does not answer.');
    });
    return { status: 'ready' };
  });
  app.get('/metrics', hidden, async (_request, reply) =>
    reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
};
