import { starting } from '../rooms/starting.ts';
import { unreadBeside } from '../rooms/unread.ts';
import { undoLast } from '../undo/state.ts';
import { controlIn, controlOfPage, currentItem, itemAround, move } from './items.ts';
import type { KeyAct } from './map.ts';
import { withQuote } from './quote.ts';
import './items.css';

type Route = (to: string) => void;

type Deeds = Record<Exclude<KeyAct, 'palette' | 'help'>, (route: Route) => void>;

const DEEDS: Deeds = {
  search,
  new: begin,
  'go-home': (route) => route('/'),
  'go-notifications': (route) => route('/notifications'),
  'go-messages': (route) => route('/chat'),
  'go-people': (route) => route('/people'),
  next: () => move(1),
  previous: () => move(-1),
  open,
  // An answer that is begun goes on.
  reply: () => use(currentItem()?.querySelector('textarea') ?? nearest('reply')),
  edit: () => use(nearest('edit')),
  incoming: () => use(nearest('incoming') ?? document.querySelector('[data-key="incoming"]')),
  quote: () => void quote(),
  undo: undoLast,
  'unread-next': (route) => toUnread(1, route),
  'unread-previous': (route) => toUnread(-1, route),
};

/** Does what a shortcut asks for on the page that is shown. */
export const perform = (act: keyof Deeds, route: Route): void => DEEDS[act](route);

/** The control of the item one is at, or of the page. */
const nearest = (name: string): HTMLElement | null =>
  controlIn(currentItem(), name) ?? controlOfPage(name);

function use(control: HTMLElement | null): void {
  if (control instanceof HTMLTextAreaElement) {
    control.focus();
    control.scrollIntoView({ block: 'nearest' });
  } else control?.click();
}

function search(route: Route): void {
  const field = document.querySelector<HTMLInputElement>('.search-form input');
  if (!field) return route('/search');
  field.focus();
  field.select();
}

function begin(route: Route): void {
  if (!location.pathname.startsWith('/chat')) return route('/write');
  starting.value = 'direct';
  route('/chat');
}

/** The link of an item: its title, or its own address. */
function open(): void {
  const item = currentItem();
  use(item?.querySelector<HTMLElement>('h2 a, .response-facts a, .bubble a') ?? null);
}

function toUnread(step: 1 | -1, route: Route): void {
  const [, first, roomId] = location.pathname.split('/');
  const next = unreadBeside(first === 'chat' ? (roomId ?? null) : null, step);
  void next.then((id) => id && route(`/chat/${id}`));
}

/** Puts the selected passage, or the whole of the item, into where one answers it. */
async function quote(): Promise<void> {
  const selected = selection();
  const item = selected ? itemAround(selected.node) : currentItem();
  const words = selected?.text ?? wordsOf(item);
  const field = words && (await answerTo(item));
  if (!field) return;
  field.value = withQuote(field.value, words);
  field.setSelectionRange(field.value.length, field.value.length);
  // To the page it is as if it had been typed.
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const wordsOf = (item: HTMLElement | null): string =>
  item?.querySelector<HTMLElement>('.response-body, .message-text')?.innerText.trim() ?? '';

/** The field where one answers a response, and for anything else that of the page. */
async function answerTo(item: HTMLElement | null): Promise<HTMLTextAreaElement | null> {
  // A quoted message needs no mark of a reply above it: the words themselves stand there.
  const own = item?.matches('.line') ? null : item;
  use(own ? controlIn(own, 'reply') : controlOfPage('reply'));
  const field = await soon(() =>
    (own ?? document).querySelector<HTMLTextAreaElement>(own ? 'textarea' : 'textarea:focus'),
  );
  field?.focus();
  return field;
}

function selection(): { text: string; node: Node } | null {
  const chosen = getSelection();
  const node = chosen?.anchorNode;
  const text = chosen?.toString().trim();
  const inText = node && document.getElementById('main')?.contains(node);
  return text && inText ? { text, node } : null;
}

/** The page draws with the next frames; what has not come by then does not come. */
const FRAMES = 30;

async function soon<T>(find: () => T | null): Promise<T | null> {
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const found = find();
    if (found) return found;
    await new Promise(requestAnimationFrame);
  }
  return null;
}
