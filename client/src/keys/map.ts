export type KeyAct =
  | 'palette'
  | 'search'
  | 'new'
  | 'help'
  | 'go-home'
  | 'go-notifications'
  | 'go-messages'
  | 'go-people'
  | 'next'
  | 'previous'
  | 'open'
  | 'reply'
  | 'quote'
  | 'edit'
  | 'incoming'
  | 'undo'
  | 'unread-previous'
  | 'unread-next';

export type Group = 'Anywhere' | 'Go to' | 'Lists, responses and messages' | 'Chat';
/** `keys`: one press or several after another; `Mod` is Ctrl, and Cmd on Apple's machines. */
export type Binding = { keys: string; act: KeyAct; words: string; group: Group };

/** Every shortcut: what listens and what the help shows. */
export const BINDINGS: readonly Binding[] = [
  { keys: 'Mod+k', act: 'palette', words: 'Go to anything', group: 'Anywhere' },
  { keys: '/', act: 'search', words: 'Search', group: 'Anywhere' },
  { keys: 'c', act: 'new', words: 'New article; in Chat, a new conversation', group: 'Anywhere' },
  { keys: '?', act: 'help', words: 'This help', group: 'Anywhere' },
  { keys: 'g h', act: 'go-home', words: 'Home', group: 'Go to' },
  { keys: 'g n', act: 'go-notifications', words: 'Notifications', group: 'Go to' },
  { keys: 'g m', act: 'go-messages', words: 'Messages', group: 'Go to' },
  { keys: 'g p', act: 'go-people', words: 'People', group: 'Go to' },
  { keys: 'j', act: 'next', words: 'Next', group: 'Lists, responses and messages' },
  { keys: 'k', act: 'previous', words: 'Previous', group: 'Lists, responses and messages' },
  { keys: 'o', act: 'open', words: 'Open', group: 'Lists, responses and messages' },
  { keys: 'r', act: 'reply', words: 'Reply, or respond', group: 'Lists, responses and messages' },
  {
    keys: 'q',
    act: 'quote',
    words: 'Quote what is selected, or all of it',
    group: 'Lists, responses and messages',
  },
  { keys: 'e', act: 'edit', words: 'Edit your own', group: 'Lists, responses and messages' },
  { keys: '.', act: 'incoming', words: 'Show what is new', group: 'Lists, responses and messages' },
  {
    keys: 'z',
    act: 'undo',
    words: 'Take back the last deletion',
    group: 'Lists, responses and messages',
  },
  { keys: 'Alt+ArrowUp', act: 'unread-previous', words: 'Unread room above', group: 'Chat' },
  { keys: 'Alt+ArrowDown', act: 'unread-next', words: 'Unread room below', group: 'Chat' },
];

const NAMES: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', k: 'K' };

/** The keys as they are printed: each press, and in it each key. */
export const printed = (keys: string, apple: boolean): string[][] =>
  keys.split(' ').map((press) => {
    const parts = press.split('+');
    if (parts.length === 1) return parts;
    const mod = apple ? '⌘' : 'Ctrl';
    return parts.map((part) => (part === 'Mod' ? mod : (NAMES[part] ?? part)));
  });
