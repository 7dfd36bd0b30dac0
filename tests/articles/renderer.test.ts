import { afterEach, expect, test } from 'vitest';
import { createRenderer, type Renderer } from '../../src/articles/renderer.ts';
import { createLog } from '../../src/log.ts';

const log = createLog('silent');
let renderer: Renderer;
afterEach(() => renderer.close());

test('texts asked for at once all come back, each its own', async () => {
  renderer = createRenderer(log);
  const bodies = Array.from({ length: 20 }, (_, index) => `Text **${index}**`);
  const all = await Promise.all(bodies.map((body) => renderer.render(body)));
  expect(all.map(({ html }) => html)).toEqual(
    bodies.map((_, index) => `<p>Text <strong>${index}</strong></p>\n`),
  );
});

test('a text that takes too long is shown as typed, and the next one is rendered', async () => {
  renderer = createRenderer(log, { timeMs: 3_000 });
  // Thousands of footnotes are quadratic work.
  const names = Array.from({ length: 20_000 }, (_, index) => `[^${index}]`);
  const hostile = `${names.join('')}\n\n${names.map((name) => `${name}: <x>`).join('\n')}`;
  const [slow, next] = await Promise.all([renderer.render(hostile), renderer.render('*next*')]);
  expect(slow.html).toContain('&lt;x&gt;');
  expect(slow.html).not.toContain('footnotes');
  expect(next.html).toBe('<p><em>next</em></p>\n');
});

test('a text that grows beyond measure is shown as typed', async () => {
  renderer = createRenderer(log);
  const { html } = await renderer.render(
    `[a]: http://x.example/${'z'.repeat(2_000)}\n\n${'[a] '.repeat(2_000)}`,
  );
  expect(html.startsWith('<p>[a]: http://x.example/zzz')).toBe(true);
});

test('after an idle time the worker is made anew', async () => {
  renderer = createRenderer(log, { idleMs: 1 });
  expect((await renderer.render('# a')).toc).toHaveLength(1);
  // Timers fire in the order of their times: the worker has been retired after this one.
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect((await renderer.render('# b')).html).toBe('<h2 id="h-b">b</h2>\n');
});

test('when too many wait, the next is refused', async () => {
  renderer = createRenderer(log);
  const asked = Array.from({ length: 202 }, () => renderer.render('x'));
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
});
