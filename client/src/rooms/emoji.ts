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

export function nameOfEmoji(emoji: string): string {
  return EMOJI.find(([known]) => known === emoji)?.[1] ?? emoji;
}
