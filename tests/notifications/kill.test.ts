import { expect, test } from 'vitest';
import type { Message } from '../../src/rooms/contract.ts';
import { describeOnStores } from '../support/backends.ts';
import { newClientId } from '../support/client.ts';
import { type Node, startNode } from '../support/cluster.ts';
import { openPlace } from '../support/place.ts';
import { freePort } from '../support/ports.ts';
import { good, page, people, publish, respond, texts } from './world.ts';

describeOnStores('a process that dies with a response stored and nobody told', (store) => {
  test('leaves exactly one notification once the response is sent again', async () => {
    const place = await openPlace({ store });
    const port = await freePort();
    const ORIGIN = `http://127.0.0.1:${port}`;
    const start = (env: Record<string, string> = {}) =>
      startNode(port, { ...place.env, ORIGIN, ...env });
    let node: Node = await start();
    try {
      const [ana, ben] = (await people(node.url, 'Ana', 'Ben')) as [Person, Person];
      const article = await publish(ana);
      await node.kill('SIGTERM');

      node = await start({ FAULT: 'kill-before-publish:1' });
      const response = { body: 'Was it heard?', clientId: newClientId() };
      const path = `/api/articles/${article.id}/responses`;
      await expect(ben.post(path, response)).rejects.toThrow();
      await node.kill('SIGKILL');

      node = await start();
      // Stored and not acked: nobody was told, and the sender's outbox still has it.
      expect(await texts(ana)).toEqual([]);
      const again = await ben.post<Message>(path, response);
      expect(again.status).toBe(200);
      good(await ben.post(path, response));
      const { items, unread } = await page(ana);
      expect(unread).toBe(1);
      expect(items).toMatchObject([
        { kind: 'response', count: 1, url: `/a/${article.slug}#r-${again.body.id}` },
      ]);
      await respond(ben, article, 'And one more.');
      expect(await texts(ana)).toEqual(['response: Ben responded to “How it works”']);
    } finally {
      if (node.alive()) await node.kill('SIGKILL');
      await place.close();
    }
  }, 60_000);
});

type Person = Awaited<ReturnType<typeof people>>[number];
