import type { Accounts } from '../accounts/service.ts';
import type { Articles } from '../articles/service.ts';
import type { People } from '../people/service.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, encodeCursor, invalidCursor } from '../platform/cursor.ts';
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
/** What has a title or a name; the others are said. */
const TEXTS: readonly SearchKind[] = ['articles', 'people'];
/** Reads of the index for one page, when much of what it finds may not be shown. */
const ROUNDS = 6;
const SPARE = 10;

const isMatch = (title: string, { words, beginning }: Wanted): boolean => {
  const own = wordsOf(title);
  const begins = beginning === null || own.some((word) => word.startsWith(beginning));
  return begins && words.every((word) => own.includes(word));
};
/** What is looked at one after the other: titles and names, texts, then what was said. */
const PARTS = ['title', 'text', 'said'] as const;
type Part = (typeof PARTS)[number];
/** Where a search goes on. */
type At = { part: Part; after: string | null };
const isPart = (name: string): name is Part => PARTS.some((part) => part === name);
const startOf = (cursor: string | undefined): At => {
  if (cursor === undefined) return { part: PARTS[0], after: null };
  const [part, after] = decodeCursor(cursor, ['string', 'string'] as const);
  if (!isPart(part)) throw invalidCursor();
  return { part, after: after || null };
};
const afterPart = (part: Part): At | null => {
  const next = PARTS[PARTS.indexOf(part) + 1];
  return next ? { part: next, after: null } : null;
};
const cursorOf = ({ part, after }: At): string => encodeCursor([part, after ?? '']);
type Reading = At & Wanted & Pick<Search, 'places' | 'limit'>;

/** Finding by words. The index only proposes: what is shown is asked of its owner, for this reader. */
export const createSearch = ({ store, accounts, people, rooms, articles }: Options) => {
  /** Where this reader may look for each part. */
  const placesFor = async (
    actor: Actor | null,
    kinds: readonly SearchKind[],
  ): Promise<Record<Part, string[]>> => {
    const texts = kinds.filter((kind) => TEXTS.includes(kind));
    const said: string[] = kinds.filter((kind) => !TEXTS.includes(kind));
    const hasOwn = actor && kinds.includes('messages');
    const own = hasOwn ? await rooms.summaries(actor.userId) : [];
    return { title: texts, text: texts, said: [...said, ...own.map(({ id }) => roomPlace(id))] };
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
    if (hits.length === 0) return [];
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

  const hitsOf = async ({ part, ...search }: Reading): Promise<Hit[]> => {
    if (search.places.length === 0) return [];
    return part === 'said'
      ? store.said(search)
      : store.search({ ...search, inTitle: part === 'title' });
  };
  /** One reading of the index: what this reader may see of it, each with where to go on. */
  const read = async (
    actor: Actor | null,
    search: Reading,
  ): Promise<{ found: { shown: SearchHit; at: At }[]; next: At | null }> => {
    const { part, limit } = search;
    const hits = await hitsOf(search);
    const all = await show(actor, hits, search);
    const found = all.flatMap(({ hit, shown }) => {
      // Among texts the index finds again what it found among titles.
      if (!shown || (part === 'text' && isMatch(hit.title, search))) return [];
      return [{ shown, at: { part, after: hit.key } }];
    });
    if (hits.length === limit) return { found, next: { part, after: hits.at(-1)?.key ?? null } };
    return { found, next: afterPart(part) };
  };

  return {
    /**
     * What has all of these words, the last as a beginning: articles and people by title or name, then
     * by their text, then what was said; of each the newest first. Private messages only for those
     * in the room.
     */
    search: async (actor: Actor | null, query: SearchQuery): Promise<List<SearchHit>> => {
      const wanted = wantedOf(query.q);
      const items: SearchHit[] = [];
      if (wanted.words.length === 0 && wanted.beginning === null) return { items, next: null };
      const places = await placesFor(actor, query.kind ? [query.kind] : ALL);
      let at: At | null = startOf(query.cursor);
      for (let round = 0; at && round < ROUNDS; round += 1) {
        const limit = query.limit + SPARE;
        const page = await read(actor, { ...wanted, ...at, places: places[at.part], limit });
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
