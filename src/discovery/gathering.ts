import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import { nullIfNotFound } from '../errors.ts';
import type { Message, RoomEvent } from '../rooms/contract.ts';
import type { Committed, Rooms } from '../rooms/service.ts';
import type { Indexing } from './indexing.ts';
import { type Doc, roomPlace, type SearchStore } from './store.ts';
import { textOf, wordsOf } from './words.ts';

type Options = {
  store: Pick<SearchStore, 'put' | 'remove'>;
  /** For what comes in crowds. */
  index: Pick<Indexing, 'put' | 'remove'>;
  accounts: Pick<Accounts, 'changed' | 'people'>;
  rooms: Pick<Rooms, 'committed' | 'message'>;
  articles: Pick<Articles, 'changed' | 'get'>;
};
type RoomOf = Committed['room'];

/** Text as it can be found: its words, and in which of them the title's are. */
const found = (title: string, text: string): Pick<Doc, 'titleWords' | 'words'> => {
  const titleWords = wordsOf(title);
  return { titleWords, words: [...new Set([...titleWords, ...wordsOf(text)])] };
};

const isResponse = ({ kind }: RoomOf): boolean => kind === 'article';
const placeOf = (room: RoomOf): string => {
  if (isResponse(room)) return 'responses';
  return room.kind === 'public' ? 'messages' : roomPlace(room.id);
};

/** Keeps what can be found as it is: articles, messages and people, after each change of them. */
export const gather = ({ store, index, accounts, rooms, articles }: Options): void => {
  const person = async ({ id, username, name, bio, joinedAt }: Person): Promise<void> => {
    const title = `${name} ${username}`;
    const place = { kind: 'people', id, place: 'people', authorId: id, roomId: null } as const;
    await store.put([{ ...place, at: joinedAt, rev: 0, title, text: bio, ...found(title, bio) }]);
  };
  const article = async (articleId: string): Promise<void> => {
    // Read as a stranger would: a draft is not there.
    const current = await articles.get(null, articleId).catch(nullIfNotFound);
    if (!current) return store.remove('articles', articleId);
    const { id, title, html, tags, author, roomId, version } = current;
    const text = textOf(html);
    const { titleWords, words } = found(title, `${tags.join(' ')} ${text}`);
    await store.put([
      {
        ...{ kind: 'articles', id, place: 'articles', authorId: author.id, roomId },
        ...{ at: current.publishedAt ?? current.updatedAt, rev: version },
        ...{ title, text, titleWords, words },
      },
    ]);
  };
  const message = async (room: RoomOf, id: string, current: Message | undefined, rev: number) => {
    const kind = isResponse(room) ? 'responses' : 'messages';
    if (!current?.sender || current.deleted) return index.remove(kind, id);
    const { sender, at, body } = current;
    return index.put(kind, id, () => ({
      kind,
      id,
      place: placeOf(room),
      authorId: sender.id,
      roomId: room.id,
      at,
      rev,
      title: '',
      text: '',
      titleWords: [],
      words: wordsOf(body),
    }));
  };
  const event = async (room: RoomOf, told: RoomEvent): Promise<void> => {
    if (told.kind === 'message') return message(room, told.message.id, told.message, told.seq);
    if (told.kind !== 'edit' && told.kind !== 'delete') return;
    // They tell only what is new: the rest is asked for.
    const found = await rooms.message(told.messageId);
    return message(room, told.messageId, found?.message, told.seq);
  };

  accounts.changed.on(({ me }) => person(me));
  articles.changed.on(({ articleId }) => article(articleId));
  rooms.committed.on(async ({ room, events }) => {
    for (const told of events) await event(room, told);
  });
};
