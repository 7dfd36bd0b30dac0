import { expect, test } from 'vitest';
import { jsonOf, shared } from '../../src/platform/shared-json.ts';

test('an answer reads as JSON.stringify writes it', () => {
  const answers = [
    [{ ok: true, data: { head: 3, events: [{ a: 'é "quoted"' }], reads: undefined } }],
    [{ ok: false, error: { code: 'not_found', message: 'No\nsuch room.' } }],
    [{ ok: true, data: undefined }],
    [{ ok: true, data: null }],
    [{ ok: true, data: [1, [2]] }],
    ['text'],
  ];
  for (const answer of answers) expect(jsonOf(answer)).toBe(JSON.stringify(answer));
});

test('a shared part is written once', () => {
  let times = 0;
  const event = {
    toJSON: () => {
      times += 1;
      return { seq: 1 };
    },
  };
  const events = shared([event]);
  const texts = [1, 2, 3].map((lastRead) => jsonOf([{ ok: true, data: { events, lastRead } }]));
  expect(times).toBe(1);
  expect(texts[2]).toBe('[{"ok":true,"data":{"events":[{"seq":1}],"lastRead":3}}]');
});
