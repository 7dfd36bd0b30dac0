import type { Person } from '../accounts/contract.ts';
import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import { nullIfNotFound } from '../errors.ts';
import type { Rooms } from '../rooms/service.ts';
import type { Doc, SearchStore } from './store.ts';
import type { Talk } from './talk.ts';
import { textOf, wordsOf } from './words.ts';

type Options = {
  store: Pick<SearchStore, 'put' | 'remove'>;
  talk: Pick<Talk, 'heard'>;
  accounts: Pick<Accounts, 'changed' | 'people'>;
  rooms: Pick<Rooms, 'committed'>;
  articles: Pick<Articles, 'changed' | 'get'>;
};

/** Text as it can be found: its words, and in which of them the title's are. */
const found = (title: string, text: string): Pick<Doc, 'titleWords' | 'words'> => {
  const titleWords = wordsOf(title);
  return { titleWords, words: [...new Set([...titleWords, ...wordsOf(text)])] };
};

/** Keeps what can be found as it is: articles, messages and people, after each change of them. */
export const gather = ({ store, talk, accounts, rooms, articles }: Options): void => {
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
  accounts.changed.on(({ me }) => person(me));
  articles.changed.on(({ articleId }) => article(articleId));
  rooms.committed.on(talk.heard);
};
