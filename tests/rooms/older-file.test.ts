import { expect, test } from 'vitest';
import { openSqlite } from '../../src/platform/sqlite.ts';
import { createRoomsSqliteStore, migrations } from '../../src/rooms/store.sqlite.ts';
import { describeOn } from '../support/backends.ts';
import { freshFolder } from '../support/place.ts';
import { aMessage, ana, ben, stored } from './records.ts';

const ROOM = `
  INSERT INTO rooms (id, kind, title, created_at, created_by, article_id)
  VALUES (?, ?, '', '2026-01-01', '${ana}', ?)`;
const MEMBER = `
  INSERT INTO room_members (room_id, user_id, role, joined_at, last_read, muted, hidden)
  VALUES (?, '${ben}', 'member', '2026-01-01', 1, 0, 0)`;
const EVENT = `
  INSERT INTO room_events (id, room_id, seq, n, kind, at, sender_id, client_id, body, thread_id,
    mentions, reactions) VALUES (?, ?, ?, ?, ?, '2026-01-01', '${ana}', ?, '', ?, '[]', '{}')`;

describeOn(['sqlite'], 'a file of an older program', () => {
  test('is found complete by number, and its responses at the roots', async () => {
    const folder = await freshFolder();
    const path = `${folder.path}/lyceum.db`;
    const before = await openSqlite(path, { rooms: migrations.slice(0, 3) });
    const events = (roomId: string) => {
      let [seq, n] = [0, 0];
      return ['message', 'edit', 'message', 'reaction', 'message'].map((kind) => {
        seq += 1;
        if (kind === 'message') n += 1;
        const id = `${roomId}-${seq}`;
        const root = n === 2 && kind === 'message' ? `${roomId}-1` : null;
        return { sql: EVENT, args: [id, roomId, seq, n, kind, id, root] };
      });
    };
    await before.write([
      { sql: ROOM, args: ['story', 'article', 'an-article'] },
      { sql: ROOM, args: ['chat', 'group', null] },
      ...['story', 'chat'].map((roomId) => ({ sql: MEMBER, args: [roomId] })),
      ...events('story'),
      ...events('chat'),
    ]);
    await before.close();

    const db = await openSqlite(path, { rooms: migrations });
    const store = createRoomsSqliteStore(db);
    const idsOf = (messages: readonly { id: string }[]) => messages.map(({ id }) => id);
    const roots = await store.roots('story', { order: 'oldest', limit: 10 });
    expect(idsOf(roots.messages)).toEqual(['story-1', 'story-5']);
    const all = await store.messages('chat', { limit: 10 });
    expect(idsOf(all.messages)).toEqual(['chat-1', 'chat-3', 'chat-5']);
    expect((await store.unread('chat', [ben])).get(ben)?.unread).toBe(2);
    const [next] = await store.append('chat', [aMessage('chat', ana)]);
    expect(stored(next, 'message')).toMatchObject({ seq: 6, n: 4 });
    expect((await store.lastMessages(['chat'])).get('chat')?.n).toBe(4);
    await db.close();
    await folder.close();
  });
});
