import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenClasses } from '../../src/articles/highlight.ts';
import { languageNames } from '../../src/articles/languages.ts';
import { renderMarkdown } from '../../src/articles/markdown.ts';
import { renderPlain } from '../../src/articles/plain.ts';
import { attribute, type Element, elementsOfPiece, textOf } from '../support/html.ts';

const elementsOf = (html: string) => elementsOfPiece(html).elements;
const only = (html: string, tag: string): Element => {
  const [found, ...more] = elementsOf(html).filter((each) => each.tagName === tag);
  if (!found || more.length > 0) throw new Error(`not one <${tag}> in ${html}`);
  return found;
};

const allowed: Record<string, string[]> = {
  a: ['href', 'rel', 'title', 'class', 'id', 'aria-label'],
  img: ['src', 'alt', 'loading', 'decoding'],
  input: ['type', 'disabled', 'checked', 'aria-label'],
  pre: ['class', 'data-language', 'tabindex'],
  div: ['class', 'role', 'aria-label', 'tabindex'],
  section: ['class', 'aria-label'],
  span: ['class'],
  sup: ['class'],
  ol: ['start', 'class'],
  li: ['class', 'id'],
  th: ['class'],
  td: ['class'],
  ...Object.fromEntries(['h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['id']])),
  ...Object.fromEntries(
    'p em strong s code ul blockquote br hr table thead tbody tr'
      .split(' ')
      .map((tag) => [tag, []]),
  ),
};
const classes = new Set([
  ...[
    'code',
    'table',
    'task',
    'step',
    'image-link',
    'footnotes',
    'footnotes-list',
    'footnote-item',
  ],
  ...['footnote-ref', 'footnote-backref', 'align-left', 'align-right', 'align-center'],
  ...tokenClasses,
]);

/** All that makes HTML harmless here; throws at the first thing that is not on the lists. */
const expectInert = (html: string) => {
  for (const element of elementsOf(html)) {
    const { tagName } = element;
    if (!Object.hasOwn(allowed, tagName)) throw new Error(`<${tagName}> in ${html}`);
    for (const { name, value } of element.attrs) {
      if (!allowed[tagName]?.includes(name)) throw new Error(`<${tagName} ${name}> in ${html}`);
      if (name === 'class' && !classes.has(value)) throw new Error(`class ${value}`);
      if (name === 'id' && !/^([hs]-|fn\d|fnref\d)/.test(value)) throw new Error(`id ${value}`);
      if (name === 'href' || name === 'src') {
        const { protocol } = new URL(value, 'https://site.example');
        if (!['http:', 'https:', 'mailto:'].includes(protocol)) throw new Error(`${name} ${value}`);
      }
      if (name === 'src' && new URL(value, 'https://site.example').host !== 'site.example')
        throw new Error(`a picture from elsewhere: ${value}`);
    }
    const href = attribute(element, 'href');
    if (tagName === 'a' && !href?.startsWith('#') && !attribute(element, 'rel')?.includes('ugc'))
      throw new Error(`a link without rel: ${href}`);
  }
};
const htmlOf = async (body: string) => (await renderMarkdown(body)).html;

describe('Markdown is rendered inert', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](java\nscript:alert(1))',
    '[x](java&#9;script:alert(1))',
    '[x](java&Tab;script:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](<javascript:alert(1)>)',
    '[x](<\u0001javascript:alert(1)>)',
    '[x](<  javascript:alert(1)>)',
    '[x](vbscript:msgbox(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '![x](javascript:alert(1))',
    '![x" onerror="alert(1)](/x.png "t\\" onload=\\"alert(1)")',
    '![x](/x.png"onerror="alert(1))',
    '[x](http://a"onmouseover="alert(1))',
    '[x]: javascript:alert(1)\n\n[x]',
    '<javascript:alert(1)>',
    '<data:text/html,x>',
    'javascript://%0aalert(1)',
    '[x](//evil.example/a)',
    '[x](file:///etc/passwd)',
    '[x](blob:https://a.example/1)',
    '```"onclick="alert(1)\n<b>\n```',
    '```<script>\nx\n```',
    '```html\n</code></pre><script>alert(1)</script>\n```',
    '`</code><script>alert(1)</script>`',
    '# <script>alert(1)</script> {#x}',
    '# "><img src=x onerror=alert(1)>',
    '[^1]: <script>alert(1)</script>\n\nx[^1]',
    '[^"><script>]: x\n\nx[^"><script>]',
    '[^__proto__]: x\n\nx[^__proto__] [^constructor]',
    '[__proto__]: http://a.example\n\n[__proto__] [constructor]',
    '|<b>|"onx="|\n|:-|-:|\n|<script>|</td></table><script>|',
    '- [x] <input onfocus=alert(1) autofocus>',
    '<!-- --><![CDATA[ <script> ]]><?php echo 1 ?>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    'a\0b\u0000[x](java\0script:alert(1))',
    '\ud800 lone [x](http://a.example/\udfff)',
    '<div style="position:fixed">x</div>',
    '{style=color:red} [x]{onclick=alert(1)}',
  ])('%j', async (body) => {
    expectInert(await htmlOf(body));
    expectInert(renderPlain(body).html);
  });

  const pieces = fc.constantFrom(
    ...['[', ']', '(', ')', '!', '<', '>', '"', "'", '`', '```', '\n', '\n\n', '# ', '- ', '1. '],
    ...['> ', '|', '|-|-|\n', '*', '_', '~~', '[^', ']: ', '[x] ', '    ', '\t', '&#', '&colon;'],
    ...['javascript:', 'data:', 'http://a.example', 'mailto:', '//', 'x', 'y', '\\', 'onerror='],
    ...[
      '<script>',
      '</',
      'style=',
      '\u0000',
      '\u202e',
      '\ud800',
      ';',
      '{',
      '}',
      ':',
      '^',
      'html\n',
    ],
  );
  test('whatever marks are mixed', async () => {
    const mixed = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(mixed, async (parts) => expectInert(await htmlOf(parts.join('')))),
      { numRuns: 1_500 },
    );
  });
  test('whatever text at all, and its words stay readable', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (body) => {
        const { html, minutes, excerpt } = await renderMarkdown(body);
        expectInert(html);
        expect(minutes).toBeGreaterThanOrEqual(1);
        expect(excerpt.length).toBeLessThanOrEqual(201);
      }),
    );
  });
});

describe('Markdown as people write it', () => {
  test('ordered lists keep their numbers', async () => {
    const list = only(await htmlOf('3. three\n4. four'), 'ol');
    expect(attribute(list, 'start')).toBe('3');
  });

  test('the steps of a numbered list have an address under their heading', async () => {
    const { html } = await renderMarkdown(
      '## To do\n\n3. a\n4. b\n   1. inner\n\nThen\n\n1. c\n\n   more\n\n## To do list 2\n\n1. d\n\n- no step',
    );
    const ids = elementsOf(html).flatMap((each) =>
      each.tagName === 'li' ? [attribute(each, 'id')] : [],
    );
    const steps = ['s-to-do-3', 's-to-do-4', 's-to-do-list-2-1'];
    expect(ids.filter(Boolean).slice(0, 3)).toEqual(steps);
    expect(new Set(ids.filter(Boolean)).size).toBe(4);
    const links = elementsOf(html).filter((each) => attribute(each, 'class') === 'step');
    expect(links.map((each) => attribute(each, 'href'))).toEqual(
      ids.filter(Boolean).map((id) => `#${id}`),
    );
    expect(links.map((each) => attribute(each, 'aria-label'))).toEqual([
      ...['Step 3', 'Step 4', 'Step 1', 'Step 1'],
    ]);
  });

  test('headings get prefixed, unique ids, and the contents name them', async () => {
    const { html, toc } = await renderMarkdown(
      '# One\n\n## Two\n\n## Two\n\n### Two 2\n\n#### Deep',
    );
    const ids = elementsOf(html)
      .filter(({ tagName }) => /^h\d$/.test(tagName))
      .map((each) => [each.tagName, attribute(each, 'id')]);
    expect(ids).toEqual([
      ['h2', 'h-one'],
      ['h2', 'h-two'],
      ['h2', 'h-two-2'],
      ['h3', 'h-two-2-2'],
      ['h4', 'h-deep'],
    ]);
    expect(toc).toEqual([
      { id: 'h-one', level: 2, text: 'One' },
      { id: 'h-two', level: 2, text: 'Two' },
      { id: 'h-two-2', level: 2, text: 'Two' },
      { id: 'h-two-2-2', level: 3, text: 'Two 2' },
    ]);
  });

  test('a task list shows what is done', async () => {
    const html = await htmlOf('- [ ] sow\n- [x] water\n- [y] no task');
    const boxes = elementsOf(html).filter(({ tagName }) => tagName === 'input');
    expect(boxes.map((box) => attribute(box, 'checked') !== undefined)).toEqual([false, true]);
    expect(html).toContain('[y] no task');
  });

  test('tables are aligned by class', async () => {
    const html = await htmlOf('| a | b |\n|:-:|--:|\n| 1 | 2 |');
    const cells = elementsOf(html).filter(({ tagName }) => tagName === 'td');
    expect(cells.map((cell) => attribute(cell, 'class'))).toEqual(['align-center', 'align-right']);
  });

  test('a footnote and its place name each other', async () => {
    const html = await htmlOf('Water[^1] again[^1].\n\n[^1]: It is wet.');
    const ids = new Set(elementsOf(html).map((each) => attribute(each, 'id')));
    const links = elementsOf(html).filter(({ tagName }) => tagName === 'a');
    expect(links).toHaveLength(4);
    for (const link of links) expect(ids).toContain(attribute(link, 'href')?.slice(1));
  });

  test('own pictures are shown, those of other sites are links', async () => {
    const own = only(await htmlOf('![A fox](/files/fox.png)'), 'img');
    expect(attribute(own, 'alt')).toBe('A fox');
    expect(attribute(own, 'loading')).toBe('lazy');
    const foreign = only(await htmlOf('![A fox](https://a.example/fox.png)'), 'a');
    expect(textOf(foreign)).toBe('A fox');
    const linked = only(
      await htmlOf('[![A fox](https://a.example/f.png)](https://b.example)'),
      'a',
    );
    expect(attribute(linked, 'href')).toBe('https://b.example');
  });

  test('full addresses become links, file names do not', async () => {
    expect(attribute(only(await htmlOf('see https://a.example/x.'), 'a'), 'href')).toBe(
      'https://a.example/x',
    );
    expect(await htmlOf('views.py and read.me')).not.toContain('<a');
  });
});

describe('code', () => {
  test('is coloured by classes and keeps its text', async () => {
    const code = 'def f(x: int) -> str:\n    return "<b>" + str(x)  # note';
    const pre = only(await htmlOf(`\`\`\`py\n${code}\n\`\`\``), 'pre');
    expect(attribute(pre, 'data-language')).toBe('python');
    expect(textOf(pre)).toBe(code);
    const names = elementsOf(await htmlOf(`\`\`\`py\n${code}\n\`\`\``)).map((each) =>
      attribute(each, 'class'),
    );
    for (const name of ['tok-keyword', 'tok-function', 'tok-string', 'tok-comment', 'tok-type'])
      expect(names).toContain(name);
  });

  test.each(languageNames)('%s is known', async (language) => {
    const code =
      '# Head \\emph{x}\nclass A { int x = 42; } /* c */\nkey: "text" # c\n<tag name="x">y</tag>\n+ 1';
    const pre = only(await htmlOf(`\`\`\`${language}\n${code}\n\`\`\``), 'pre');
    expect(attribute(pre, 'data-language')).toBe(language);
    expect(textOf(pre)).toBe(code);
    expect(await htmlOf(`\`\`\`${language}\n${code}\n\`\`\``)).toContain('class="tok-');
  });

  test('of an unknown language is plain and says its name', async () => {
    const html = await htmlOf('```brainfuck\n<++>\n```');
    expect(html).toContain('data-language="brainfuck"');
    expect(html).toContain('<code>&lt;++&gt;</code>');
  });

  test('that is very long is plain', async () => {
    const html = await htmlOf(`\`\`\`js\n${'let a = 1;\n'.repeat(2_000)}\`\`\``);
    expect(html).not.toContain('tok-');
    expect(html).toContain('data-language="javascript"');
  });
});
