import type { AddressInfo } from 'node:net';
import { fastify } from 'fastify';

/** Two routes that answer with the bytes in ANSWERS. */
type Answer = { type: string; body: string };
const answers = JSON.parse(process.env.ANSWERS ?? '{}') as Record<'page' | 'list', Answer>;
const app = fastify();
for (const [name, { type, body }] of Object.entries(answers)) {
  app.get(`/${name}`, (_request, reply) => reply.type(type).send(body));
}
await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.((app.server.address() as AddressInfo).port);
process.on('disconnect', () => process.exit());
