import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentionedIn, renderInline } from '../../src/rooms/inline.ts';
import { describeOn } from '../support/backends.ts';

const people = new Set(['ana', 'ben_2']);
const html = (body: string) => renderInline(body, people);

describeOn([], 'the words of a message', () => {
  test('plain words need no HTML', () => {
    expect(html('Just words, and config.ts')).toBeNull();
  });

  test('emphasis, code and line breaks', () => {
    expect(html('**b** *i* `c*c*`\nnext')).toBe(
      '<p><strong>b</strong> <em>i</em> <code>c*c*</code><br>\nnext</p>',
    );
    expect(html('```js\nif (a < b)\n```')).toBe(
      '<pre><code class="language-js">if (a &lt; b)\n</code></pre>',
    );
  });

  test('what belongs into an article stays as it was typed', () => {
    expect(html('# no\n- no\n    no\n![no](https://a.org/b.png)')).toBe(
      '<p># no<br>\n- no<br>\nno<br>\n!<a href="https://a.org/b.png" rel="ugc nofollow noopener">no</a></p>',
    );
  });

  test('a quotation stands apart from the answer', () => {
    expect(html('> Why?\n> *Who?*\n\nBecause.')).toBe(
      '<blockquote>\n<p>Why?<br>\n<em>Who?</em></p>\n</blockquote>\n<p>Because.</p>',
    );
    // A quotation of nothing would be a message of nothing.
    expect(html('>')).toBeNull();
    expect(html('a > b')).toBe('<p>a &gt; b</p>');
  });

  test('links lead to http, https and mail, and vouch for nothing', () => {
    expect(html('See https://a.org/x_y.')).toBe(
      '<p>See <a href="https://a.org/x_y" rel="ugc nofollow noopener">https://a.org/x_y</a>.</p>',
    );
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//a.org', '/a/b'])
      expect(html(`[x](${url})`) ?? '').not.toContain('<a');
    expect(html('[mail](mailto:a@b.org)')).toContain('href="mailto:a@b.org"');
  });

  test('people who are called on are linked, others are not', () => {
    expect(html('@Ana, (@ben_2) @eve a@ana.org `@ana` [@ana](https://a.org)')).toBe(
      '<p><a class="mention" href="/@ana">@Ana</a>, (<a class="mention" href="/@ben_2">@ben_2</a>) ' +
        '@eve a@ana.org <code>@ana</code> <a href="https://a.org" rel="ugc nofollow noopener">@ana</a></p>',
    );
    expect(mentionedIn('@Ana and @ana, @ben_2! @toolonganame_of_someone_else a@b.org @x')).toEqual([
      'ana',
      'ben_2',
    ]);
    expect(mentionedIn(Array.from({ length: 50 }, (_, n) => `@user${n}`).join(' '))).toHaveLength(
      20,
    );
  });

  test('nothing that is typed becomes a tag of its own', () => {
    const tags =
      /<(?!\/?(?:p|blockquote|strong|em|br|pre|code(?: class="language-[^"<>]*")?|a(?: (?:class|href|rel)="[^"<>]*")*)>)/;
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('<script>', '"', "'", '`', '*', '_', '[', '](', ')', '@ana', '\\', '\n', '&'),
      fc.constantFrom('https://a.org/"onload="x', '<img src=x onerror=x>', 'javascript:', '```'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(html(pieces.join('')) ?? '').not.toMatch(tags);
      }),
      { numRuns: 500 },
    );
  });

  test('the longest bodies are drawn in bounded time', () => {
    const since = performance.now();
    for (const piece of ['*', '[', '**a ', '`', '[a](', 'http://', '_a*', '\\', '<', '@ana '])
      html(piece.repeat(25_000 / piece.length));
    expect(performance.now() - since).toBeLessThan(15_000);
  });

  test('what is plain is recognised without drawing it', () => {
    const signs = fc.constantFrom(...' \t\n\r\0<>&"\'`*_~[]\\:/@#-+=.!()1aé漢😀', 'mailto:', '//');
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 12 }), (pieces) => {
        const body = pieces.join('');
        // With somebody to link to, every text is drawn.
        expect(renderInline(body, new Set())).toBe(renderInline(body, new Set(['nobody_here'])));
      }),
      { numRuns: 2_000 },
    );
  });
});
