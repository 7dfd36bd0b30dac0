import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, encodeCursor } from '../platform/cursor.ts';
import { pathOf, type Rooms } from '../rooms/service.ts';
import type { List } from '../wire/contract.ts';
import type { SearchHit, SearchKind, SearchQuery } from './contract.ts';
import { type Hit, roomPlace, type Search, type SearchStore } from './store.ts';
import { saidIn, snippetOf, type Wanted, wantedOf, wordsOf } from './words.ts';

type Options = {
  store: SearchStore;
  accounts: Pick<Accounts, 'people'>;
  people: Pick<People, 'blockedWith'>;
  rooms: Pick<Rooms, 'message' | 'summaries'>;
  articles: Pick<Articles, 'cards'>;
};

const ALL: readonly SearchKind[] = ['articles', 'responses', 'people', 'messages'];
/** Reads of the index for one page, when much of what it finds may not be shown. */
const ROUNDS = 5;
const SPARE = 10;

const isMatch = (title: string, { words, beginning }: Wanted): boolean => {
  const own = wordsOf(title);
  const begins = beginning === null || own.some((word) => word.startsWith(beginning));
  return begins && words.every((word) => own.includes(word));
};
/** Where a search goes on: among titles or among all words, after a hit. */
type At = Pick<Search, 'inTitle' | 'after'>;
const startOf = (cursor: string | undefined): At => {
  if (cursor === undefined) return { inTitle: true, after: null };
  const [part, after] = decodeCursor(cursor, ['string', 'string'] as const);
  return { inTitle: part === 'title', after: after || null };
};
const cursorOf = ({ inTitle, after }: At): string =>
  encodeCursor([inTitle ? 'title' : 'words', after ?? '']);

/** Finding by words. The index only proposes: what is shown is asked of its owner, for this reader. */
export const createSearch = ({ store, accounts, people, rooms, articles }: Options) => {
  const placesFor = async (actor: Actor | null, kinds: readonly SearchKind[]) => {
    if (!actor || !kinds.includes('messages')) return [...kinds];
    const own = await rooms.summaries(actor.userId);
    return [...kinds, ...own.map(({ id }) => roomPlace(id))];
  };

  const showers: Record<
    SearchKind,
    (actor: Actor | null, hits: readonly Hit[], wanted: Wanted) => Promise<SearchHit[]>
  > = {
    articles: async (actor, hits, wanted) => {
      const cards = await articles.cards(
        actor,
        hits.map(({ id }) => id),
      );
      const texts = new Map(hits.map((hit) => [hit.id, hit.text]));
      return cards
        .filter(({ state }) => state === 'published')
        .map(({ id, title, slug, author, publishedAt, updatedAt }) => ({
          ...{ kind: 'articles', id, title, url: `/a/${slug}`, person: author },
          ...snippetOf(texts.get(id) ?? '', wanted),
          at: publishedAt ?? updatedAt,
        }));
    },
    people: async (_actor, hits, wanted) => {
      const found = await accounts.people(hits.map(({ id }) => id));
      return [...found.values()].map((person) => ({
        ...{ kind: 'people', id: person.id, title: person.name, url: `/@${person.username}` },
        ...snippetOf(person.bio, wanted),
        ...{ at: person.joinedAt, person },
      }));
    },
    responses: (actor, hits, wanted) => said('responses', actor, hits, wanted),
    messages: (actor, hits, wanted) => said('messages', actor, hits, wanted),
  };
  const said = async (
    kind: 'responses' | 'messages',
    actor: Actor | null,
    hits: readonly Hit[],
    wanted: Wanted,
  ): Promise<SearchHit[]> => {
    const found = await Promise.all(hits.map(({ id }) => rooms.message(id, actor)));
    return found.flatMap((each): SearchHit[] => {
      if (!each?.message.sender || each.message.deleted) return [];
      const { id, at, sender } = each.message;
      const title = each.room.article?.title ?? each.room.title;
      const snippet = snippetOf(saidIn(each.message), wanted);
      return [{ kind, id, title, url: pathOf(each), at, ...snippet, person: sender }];
    });
  };

  /** In the order of the hits, what this reader may see of them. */
  const show = async (actor: Actor | null, hits: readonly Hit[], wanted: Wanted) => {
    const blocked = actor ? await people.blockedWith(actor.userId) : new Set<string>();
    const allowed = hits.filter(({ authorId }) => !blocked.has(authorId));
    const shown = await Promise.all(
      ALL.map(async (kind) => {
        const own = allowed.filter((hit) => hit.kind === kind);
        return own.length > 0 ? showers[kind](actor, own, wanted) : [];
      }),
    );
    const byId = new Map(shown.flat().map((hit) => [`${hit.kind} ${hit.id}`, hit]));
    return hits.map((hit) => ({ hit, shown: byId.get(`${hit.kind} ${hit.id}`) }));
  };

  /** One reading of the index: what this reader may see of it, each with where to go on. */
  const read = async (
    actor: Actor | null,
    search: Omit<Search, 'limit' | keyof At> & At,
    limit: number,
  ): Promise<{ found: { shown: SearchHit; at: At }[]; next: At | null }> => {
    const { inTitle } = search;
    const hits = await store.search({ ...search, limit });
    const all = await show(actor, hits, search);
    const found = all.flatMap(({ hit, shown }) => {
      // The second time the index finds those of the first again.
      if (!shown || (!inTitle && isMatch(hit.title, search))) return [];
      return [{ shown, at: { inTitle, after: hit.key } }];
    });
    if (hits.length === limit) return { found, next: { inTitle, after: hits.at(-1)?.key ?? null } };
    return { found, next: inTitle ? { inTitle: false, after: null } : null };
  };

  return {
    /**
     * What has all of these words, the last as a beginning: first by title, then anywhere, newest
     * first. Private messages only for those in the room.
     */
    search: async (actor: Actor | null, query: SearchQuery): Promise<List<SearchHit>> => {
      const wanted = wantedOf(query.q);
      const items: SearchHit[] = [];
      if (wanted.words.length === 0 && wanted.beginning === null) return { items, next: null };
      const places = await placesFor(actor, query.kind ? [query.kind] : ALL);
      let at: At | null = startOf(query.cursor);
      for (let round = 0; at && round < ROUNDS; round += 1) {
        const page = await read(actor, { ...wanted, places, ...at }, query.limit + SPARE);
        for (const { shown, at: here } of page.found) {
          items.push(shown);
          if (items.length === query.limit) return { items, next: cursorOf(here) };
        }
        at = page.next;
      }
      return { items, next: at && cursorOf(at) };
    },
  };
};
