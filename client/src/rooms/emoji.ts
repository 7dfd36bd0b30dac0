import { signal } from '@preact/signals';

/** The reactions on offer, with the words that screen readers say. */
export const EMOJI: readonly (readonly [emoji: string, name: string])[] = [
  ['👍', 'thumbs up'],
  ['❤️', 'heart'],
  ['😂', 'tears of joy'],
  ['🎉', 'party'],
  ['🙏', 'thank you'],
  ['😮', 'surprised'],
  ['😢', 'sad'],
  ['🔥', 'fire'],
  ['👏', 'clapping'],
  ['💡', 'idea'],
  ['✅', 'done'],
  ['👀', 'looking'],
  ['🤔', 'thinking'],
  ['😄', 'smile'],
  ['😅', 'relieved'],
  ['😍', 'love it'],
  ['🤝', 'handshake'],
  ['💯', 'hundred'],
  ['🚀', 'rocket'],
  ['⭐', 'star'],
  ['👋', 'wave'],
  ['👎', 'thumbs down'],
  ['😕', 'confused'],
  ['☕', 'coffee'],
];

/** An emoji and what it is called after a colon; by its tags it is found too, behind the others. */
export type EmojiName = { emoji: string; names: readonly string[]; tags: readonly string[] };

const REACTIONS: EmojiName[] = EMOJI.map(([emoji, name]) => ({
  emoji,
  names: [name.replaceAll(' ', '_')],
  tags: [],
}));

/** The emoji that can be completed: the reactions, and after `loadEmoji` all there are. */
export const emojiNames = signal<readonly EmojiName[]>(REACTIONS);

let loading: Promise<void> | null = null;

/** Fetches all names once; without them the reactions remain. */
export function loadEmoji(): Promise<void> {
  loading ??= import('./emoji-names.ts').then(
    ({ ALL_EMOJI }) => {
      emojiNames.value = joined(ALL_EMOJI, REACTIONS);
    },
    () => {
      loading = null;
    },
  );
  return loading;
}

/** Two letters at least: `:D` and `:s` are faces of their own. */
const TYPED = /(^|[\s([]):([A-Za-z0-9+-][A-Za-z0-9_+-]{1,31})$/;

/** The :name at the end of what stands before the caret; no time of day, no address. */
export function emojiAt(before: string): { mark: ':'; from: number; typed: string } | null {
  const found = TYPED.exec(before);
  if (!found) return null;
  return { mark: ':', from: found.index + (found[1] ?? '').length, typed: found[2] ?? '' };
}

const SHOWN = 6;

/** Emoji called as typed first, then those whose name, a word of it or a tag begins so. */
export function matchingEmoji(known: readonly EmojiName[], typed: string): EmojiName[] {
  const wanted = typed.toLowerCase();
  return known
    .map((one) => ({ one, rank: rankOf(one, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, SHOWN)
    .map(({ one }) => one);
}

const NO_MATCH = 4;

function rankOf({ names, tags }: EmojiName, wanted: string): number {
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  if (names.some((name) => name.includes(`_${wanted}`))) return 2;
  return tags.some((tag) => tag.startsWith(wanted)) ? 3 : NO_MATCH;
}

/** One entry for each emoji: the common names first, those of the reactions behind them. */
function joined(all: readonly EmojiName[], more: readonly EmojiName[]): EmojiName[] {
  const known = new Map(more.map(({ emoji, names }) => [emoji, names]));
  return all.map((one) => {
    const others = known.get(one.emoji)?.filter((name) => !one.names.includes(name)) ?? [];
    return others.length > 0 ? { ...one, names: [...one.names, ...others] } : one;
  });
}

export function nameOfEmoji(emoji: string): string {
  return EMOJI.find(([known]) => known === emoji)?.[1] ?? emoji;
}
