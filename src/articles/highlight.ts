import { createHighlighterCore, type HighlighterCore, type ThemeRegistration } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { escapeHtml } from '../platform/html.ts';
import { type Language, languages } from './languages.ts';

/** Longer blocks are shown plain: nobody reads colours in them, and they cost the most. */
const BLOCK_MAX = 20_000;
/** All blocks of one text together; what comes after is plain. */
const TEXT_MAX = 100_000;
const LINE_MAX = 1_000;
/** A line is cut short after so long; on a busy machine the first line of a language takes a while. */
const LINE_MS = 3_000;

/**
 * What a grammar calls a piece of code -> the class it gets. The stylesheet gives each class its
 * colours; there is nothing else to choose. Later and longer scopes win.
 */
const classOfScope: [name: string, scopes: string[]][] = [
  [
    'comment',
    [
      'comment',
      'punctuation.definition.comment',
      'string.quoted.docstring',
      'string.quoted.docstring punctuation.definition.string',
    ],
  ],
  [
    'keyword',
    [
      'keyword',
      'storage',
      'variable.language',
      'entity.name.function.decorator',
      'keyword.control',
    ],
  ],
  ['operator', ['keyword.operator']],
  [
    'keyword',
    [
      'keyword.operator.new',
      'keyword.operator.logical.python',
      'keyword.operator.expression',
      'keyword.operator.word',
    ],
  ],
  ['string', ['string', 'punctuation.definition.string', 'markup.inline.raw', 'markup.raw']],
  ['regexp', ['string.regexp', 'constant.character.escape']],
  ['constant', ['constant', 'support.constant', 'variable.other.constant']],
  ['number', ['constant.numeric', 'keyword.other.unit']],
  [
    'function',
    ['entity.name.function', 'support.function', 'variable.function', 'meta.function-call.generic'],
  ],
  [
    'type',
    [
      'entity.name.type',
      'entity.name.class',
      'support.type',
      'support.class',
      'storage.type.java',
      'entity.other.inherited-class',
      'entity.name.namespace',
    ],
  ],
  [
    'property',
    [
      'variable.other.property',
      'support.type.property-name',
      'meta.object-literal.key',
      'entity.name.tag.yaml',
      'variable.parameter',
      'keyword.other.definition.ini',
    ],
  ],
  ['tag', ['entity.name.tag', 'punctuation.definition.tag']],
  ['attribute', ['entity.other.attribute-name', 'meta.decorator']],
  ['heading', ['markup.heading', 'entity.name.section']],
  ['inserted', ['markup.inserted', 'meta.diff.header.to-file']],
  ['deleted', ['markup.deleted', 'meta.diff.header.from-file']],
];
export const tokenClasses = [...new Set(classOfScope.map(([name]) => `tok-${name}`))];

// A theme whose colours only number the classes: each token comes back with the number of its own.
const colourOf = (name: string) =>
  `#${(tokenClasses.indexOf(`tok-${name}`) + 1).toString(16).padStart(6, '0')}`;
const theme: ThemeRegistration = {
  name: 'classes',
  type: 'light',
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    ...classOfScope.map(([name, scope]) => ({ scope, settings: { foreground: colourOf(name) } })),
  ],
};
const classOfColour = new Map(
  tokenClasses.map((name, index) => [`#${(index + 1).toString(16).padStart(6, '0')}`, name]),
);

let core: Promise<HighlighterCore> | null = null;
const highlighter = () =>
  (core ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  }));

const coloured = (highlighter: HighlighterCore, code: string, language: Language): string => {
  const { tokens } = highlighter.codeToTokens(code, {
    lang: language,
    theme: theme.name ?? '',
    tokenizeMaxLineLength: LINE_MAX,
    tokenizeTimeLimit: LINE_MS,
  });
  const lines = tokens.map((line) =>
    line
      .map(({ content, color }) => {
        const name = classOfColour.get(color?.toLowerCase() ?? '');
        const text = escapeHtml(content);
        return name ? `<span class="${name}">${text}</span>` : text;
      })
      .join(''),
  );
  return lines.join('\n');
};

/** Code -> HTML of its text with `tok-…` classes, or null: show it plain. */
export type Highlight = (code: string, language: Language) => string | null;

/** A highlighter for one text with the grammars it needs, loaded at their first use. */
export const highlightFor = async (wanted: readonly Language[]): Promise<Highlight> => {
  if (wanted.length === 0) return () => null;
  const shiki = await highlighter();
  for (const name of new Set(wanted)) {
    if (shiki.getLoadedLanguages().includes(name)) continue;
    await shiki.loadLanguage(languages[name]());
  }
  let left = TEXT_MAX;
  return (code, language) => {
    if (code.length > BLOCK_MAX || code.length > left) return null;
    left -= code.length;
    return coloured(shiki, code, language);
  };
};
