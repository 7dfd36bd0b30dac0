import { describe, expect, test } from 'vitest';
import type { NotificationKind } from '../../src/notifications/contract.ts';
import { type About, namesOf, textOf, urlOf } from '../../src/notifications/words.ts';

const [ana, ben, cleo] = ['Ana', 'Ben', 'Cleo'].map((name) => ({
  name,
  username: name.toLowerCase(),
})) as [Named, Named, Named];
type Named = { name: string; username: string };

const article: About = { kind: 'article', slug: 'how', title: 'How?' };
const room: About = { kind: 'room', roomId: 'room-1', title: 'Readers' };
const direct: About = { kind: 'direct', roomId: 'room-2' };

describe('the words of a notification', () => {
  test.each([
    [[ana], 1, 'Ana'],
    [[ana, ben], 2, 'Ana and Ben'],
    [[ana, ben, cleo], 3, 'Ana, Ben and Cleo'],
    [[ana, ben, cleo], 5, 'Ana, Ben and 3 more'],
    [[], 1, 'Somebody'],
    [[ana], 3, 'Ana'],
  ])('%j of %i people are "%s"', (people, count, names) => {
    expect(namesOf(people, count)).toBe(names);
  });

  const cases: [NotificationKind, About, string, string][] = [
    ['response', article, 'Ana responded to “How?”', '/a/how#r-message-1'],
    ['response', null, 'Ana responded to an article that is gone', '/notifications'],
    ['reply', article, 'Ana replied to your response under “How?”', '/a/how#r-message-1'],
    ['reply', room, 'Ana replied to your message in “Readers”', '/chat/room-1?at=message-1'],
    ['reply', direct, 'Ana replied to your message', '/chat/room-2?at=message-1'],
    ['mention', article, 'Ana mentioned you under “How?”', '/a/how#r-message-1'],
    ['mention', room, 'Ana mentioned you in “Readers”', '/chat/room-1?at=message-1'],
    ['mention', direct, 'Ana mentioned you', '/chat/room-2?at=message-1'],
    ['reaction', article, 'Ana reacted to your response under “How?”', '/a/how#r-message-1'],
    ['reaction', room, 'Ana reacted to your message in “Readers”', '/chat/room-1?at=message-1'],
    ['room_invite', room, 'Ana invited you to “Readers”', '/chat/room-1'],
    ['room_invite', null, 'Ana invited you to a room that is gone', '/notifications'],
    ['friend_request', null, 'Ana would like to be your friend', '/people'],
    ['friend_accepted', null, 'Ana accepted your friend request', '/@ana'],
    ['article', article, 'Ana published “How?”', '/a/how'],
  ];
  test.each(cases)('%s about %j: "%s", leading to %s', (kind, about, text, url) => {
    const told = { kind, people: [ana], count: 1, about, messageId: 'message-1' };
    expect(textOf(told)).toBe(text);
    expect(urlOf(told)).toBe(url);
  });
});
