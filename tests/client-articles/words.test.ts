import { describe, expect, test } from 'vitest';
import { deviceOf } from '../../client/src/accounts/device.ts';
import { strengthOf } from '../../client/src/accounts/password.ts';
import { readTags } from '../../client/src/articles/tag-words.ts';
import { headOf } from '../../client/src/pages/head.ts';
import type { PageData } from '../../src/pages/contract.ts';

describe('the password meter', () => {
  test('counts characters as people see them', () => {
    expect(strengthOf('🦊🦊🐻🐼🦁🐮🐷🐸🐵')).toMatchObject({ level: 0, hint: '1 more character.' });
  });
  test('a long one of several words is good, one with the own name is not', () => {
    expect(strengthOf('walk under the olive trees').level).toBe(3);
    expect(strengthOf('walk-with-anastasia-now', ['anastasia']).level).toBe(1);
  });
  test('repetitions and runs are weak', () => {
    expect(strengthOf('aaaaaaaaaaaaaaaa').level).toBe(1);
    expect(strengthOf('1234567890').level).toBe(1);
    expect(strengthOf('quiet-otter').level).toBe(2);
  });
});

test('tags are read from what people type', () => {
  expect(readTags('Python, Web Dev #c++ python')).toEqual(['python', 'web', 'dev', 'c']);
  expect(readTags('a b c d e f')).toHaveLength(5);
  expect(readTags(' , ')).toEqual([]);
});

test('devices are named by browser and system', () => {
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox on Linux',
  );
  expect(deviceOf('curl/8.5.0')).toBe('curl');
  expect(deviceOf('')).toBe('Unknown device');
});

test('the head of a page lets no text break out of it', () => {
  const evil = '</script><script>alert(1)</script>"';
  const author = {
    id: 'person-00001',
    username: 'ana',
    name: evil,
    bio: '',
    avatar: null,
    joinedAt: '2026-01-01T00:00:00.000Z',
  };
  const data = {
    content: {
      page: 'article',
      article: {
        id: 'article-0001',
        slug: 'evil',
        title: evil,
        excerpt: evil,
        tags: [],
        author,
        state: 'published',
        publishedAt: '2026-01-01T00:00:00.000Z',
        updatedAt: '2026-01-01T00:00:00.000Z',
        version: 1,
        minutes: 1,
        roomId: 'room-000001',
        responses: 0,
        reactions: {},
        html: '',
        toc: [],
      },
      threads: { items: [], next: null, head: 0, epoch: 'e' },
    },
    viewer: null,
    origin: 'http://localhost:3000',
    theme: 'system',
  } satisfies PageData;
  const head = headOf('/a/evil', data);
  expect(head.match(/<script/g)).toHaveLength(1);
  expect(head.match(/<\/script/g)).toHaveLength(1);
  expect(head).not.toContain('alert(1)</');
  const block = /ld\+json">(.*)<\/script>/.exec(head)?.[1] ?? '';
  expect(JSON.parse(block)).toMatchObject({ headline: evil, author: { name: evil } });
  expect(head).toContain('href="http://localhost:3000/a/evil"');
});
