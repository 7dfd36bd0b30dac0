import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/articles/markdown.ts';
import { saidIn, snippetOf, textOf, wantedOf, wordsOf } from '../../src/discovery/words.ts';
import { renderInline } from '../../src/rooms/inline.ts';

describe('words', () => {
  test('are folded, each once, in the order of the text', () => {
    expect(wordsOf('Über Café, über CAFE & co.')).toEqual(['uber', 'cafe', 'co']);
    expect(wordsOf('  …!? ')).toEqual([]);
    expect(wordsOf('日本語の検索')).toContain('検索');
  });

  test('are bounded in number and length', () => {
    const text = Array.from({ length: 5_000 }, (_, index) => `w${index}`).join(' ');
    expect(wordsOf(text)).toHaveLength(3_000);
    expect(wordsOf('x'.repeat(500))[0]).toHaveLength(40);
  });

  test('of a query: the last one is a beginning until a space follows it', () => {
    expect(wantedOf('live chat')).toEqual({ words: ['live'], beginning: 'chat' });
    expect(wantedOf('live chat ')).toEqual({ words: ['live', 'chat'], beginning: null });
    expect(wantedOf('c')).toEqual({ words: ['c'], beginning: null });
    expect(wantedOf('a b c d e f g h i j').words).toHaveLength(8);
  });
});

describe('a snippet', () => {
  const marked = (text: string, query: string) => {
    const { snippet, marks } = snippetOf(text, wantedOf(query));
    return { snippet, words: marks.map(([start, length]) => snippet.slice(start, start + length)) };
  };

  test('stands around the first match and marks every match in it', () => {
    const text = `${'before '.repeat(30)}the Lighthouse keeper and the lighthouses ${'after '.repeat(60)}`;
    const { snippet, words } = marked(text, 'keeper light');
    expect(words).toEqual(['Lighthouse', 'keeper', 'lighthouses']);
    expect(snippet.startsWith('… before')).toBe(true);
    expect(snippet.endsWith(' …')).toBe(true);
    expect(snippet.length).toBeLessThan(220);
  });

  test('of a short text is all of it', () => {
    expect(marked('Nothing\n to  see', 'other')).toEqual({ snippet: 'Nothing to see', words: [] });
    expect(marked('', 'other')).toEqual({ snippet: '', words: [] });
  });

  test('finds words with accents and words that are very long', () => {
    expect(marked('Au Café de Flore', 'cafe').words).toEqual(['Café']);
    const long = 'y'.repeat(1_000);
    expect(marked(`${long} x ${long}`, 'x ').words).toEqual(['x']);
  });
});

test('the text of a page is what a reader sees', () => {
  const html = '<h2 id="a">One</h2><p>Two <em>th</em>ree &lt;b&gt; &amp; more</p><pre>x = 1</pre>';
  expect(textOf(html)).toBe('One Two three <b> & more x = 1');
});

test('neither articles nor messages show their Markdown', async () => {
  const body = [
    '# Knots',
    '',
    'They **hold**[^1], `always`: [see](https://example.org) ![a bowline](https://example.org/b).',
    '```sh',
    'tie --twice <rope>',
    '```',
    '- one',
    '* * *',
    '> said 🙂',
    '',
    '[^1]: Mostly.',
  ].join('\n');
  const { html } = await renderMarkdown(body);
  expect(textOf(html)).toBe(
    'Knots They hold, always: see a bowline. tie --twice <rope> one said 🙂 Mostly.',
  );
  const inMessage = (text: string) =>
    saidIn({ body: text, html: renderInline(text, new Set()) ?? undefined });
  const message = body.replace('[^1]', '').replace('[^1]: Mostly.', '1 * 2 * 3');
  expect(inMessage(message)).toBe(
    'Knots They hold, always: see a bowline. tie --twice <rope> one said 🙂 1 * 2 * 3',
  );
  expect(inMessage('Plain & <b> #1')).toBe('Plain & <b> #1');
  expect(inMessage('## A plan\n- first\n- second')).toBe('A plan first second');
});
