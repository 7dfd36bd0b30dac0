import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/articles/markdown.ts';

describe('reading time and excerpt', () => {
  test.each([
    ['no word', '', 1],
    ['275 words', 'word '.repeat(275), 1],
    ['825 words', 'word '.repeat(825), 3],
    ['280 words of code', `\`\`\`\n${'word\n'.repeat(280)}\`\`\``, 2],
    ['ten pictures', '![a](/a.png)\n\n'.repeat(10), 2],
    ['1,500 ideographs', '字'.repeat(1_500), 3],
  ])('%s', async (_name, body, minutes) => {
    expect((await renderMarkdown(body)).minutes).toBe(minutes);
  });

  test('the excerpt is the first words without marks, cut between words', async () => {
    const { excerpt } = await renderMarkdown(
      `# Title\n\nSome *words* and \`code\`.\n\n${'lorem ipsum '.repeat(40)}`,
    );
    expect(excerpt).toMatch(/^Some words and code\. lorem ipsum .*(lorem|ipsum)…$/);
    expect(excerpt.length).toBeLessThanOrEqual(201);
  });
});
