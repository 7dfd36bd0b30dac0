import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../src/articles/contract.ts';
import type { EventsPage } from '../../src/rooms/contract.ts';
import { describeOn } from '../support/backends.ts';
import { newClientId, signUp, type TestPerson } from '../support/client.ts';
import { type Node, startNode } from '../support/cluster.ts';
import { openPlace, type Place } from '../support/place.ts';
import { freePort } from '../support/ports.ts';
import { inChapters } from '../support/story.ts';

const TOTAL = 200;
/** The process is killed when this many sends were acked; the rest is in flight then. */
const KILLED_AT = [60, 120];
const IN_FLIGHT = 50;

type Draft = { clientId: string; body: string };
type Stored = { id: string; seq: number; clientId: string };

describeOn(['sqlite'], 'kill -9 in the middle of acked sends', () => {
  let place: Place;
  let node: Node;
  let port: number;
  let ana: TestPerson;
  let article: Article;
  const drafts: Draft[] = Array.from({ length: TOTAL }, (_, index) => ({
    clientId: newClientId(),
    body: `message ${index}`,
  }));
  const acked = new Map<string, Stored>();

  const start = async () => {
    node = await startNode(port, { ...place.env, ORIGIN: `http://127.0.0.1:${port}` });
  };

  /** Sends all that is not acked yet, many at once; kills the process when `limit` are acked. */
  const sendUntil = async (limit: number): Promise<void> => {
    const socket = await ana.socket();
    const rest = drafts.filter(({ clientId }) => !acked.has(clientId));
    const sender = async () => {
      for (let draft = rest.shift(); draft; draft = rest.shift()) {
        const payload = { roomId: article.roomId, ...draft };
        const { message } = await socket.ask('message:send', payload);
        acked.set(draft.clientId, { id: message.id, seq: message.seq, clientId: draft.clientId });
        if (acked.size === limit && limit < TOTAL) await node.kill('SIGKILL');
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: IN_FLIGHT }, sender));
    socket.close();
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected').length;
    // Acks come in groups: some may still arrive while the process dies.
    if (limit < TOTAL) expect(failed).toBeGreaterThan(0);
    else expect(failed).toBe(0);
  };

  const stored = async (): Promise<Stored[]> => {
    const path = `/api/rooms/${article.roomId}/events?after=0&limit=200`;
    const page = await ana.get<EventsPage>(path);
    expect(page.status).toBe(200);
    return page.body.events.map((event) => {
      if (event.kind !== 'message') throw new Error(`an event ${event.kind}`);
      return { id: event.message.id, seq: event.seq, clientId: event.message.clientId ?? '' };
    });
  };

  inChapters();

  beforeAll(async () => {
    place = await openPlace({ store: 'sqlite' });
    port = await freePort();
    await start();
    ana = await signUp(node.url, 'ana');
    const made = await ana.post<Article>('/api/articles', {
      title: 'A busy conversation',
      body: 'Talk below.',
      publish: true,
    });
    article = made.body;
  });
  afterAll(async () => {
    if (node?.alive()) await node.kill('SIGKILL');
    await place?.close();
  });

  test.each(KILLED_AT)(
    'killed at %d acks: every acked message is there after a new start',
    async (limit) => {
      await sendUntil(limit);
      expect(node.alive()).toBe(false);
      expect(acked.size).toBeGreaterThanOrEqual(limit);
      expect(acked.size).toBeLessThan(TOTAL);
      await start();
      const rows = await stored();
      expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
      for (const { id, seq, clientId } of acked.values()) {
        expect(rows[seq - 1]).toEqual({ id, seq, clientId });
      }
    },
  );

  test(`after resending the rest there are ${TOTAL}, each once, seq 1 to ${TOTAL}`, async () => {
    await sendUntil(TOTAL);
    expect(acked.size).toBe(TOTAL);
    const rows = await stored();
    expect(rows.map((row) => row.seq)).toEqual(
      Array.from({ length: TOTAL }, (_, index) => index + 1),
    );
    expect(new Set(rows.map((row) => row.clientId))).toEqual(
      new Set(drafts.map((draft) => draft.clientId)),
    );
    for (const { id, seq } of acked.values()) expect(rows[seq - 1]?.id).toBe(id);
  });
});
