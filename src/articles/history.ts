import type { Accounts } from '../accounts/service.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, pageOf } from '../platform/cursor.ts';
import type { List, PageQuery } from '../wire/contract.ts';
import type { Access } from './access.ts';
import type { Difference, FullRevision, ListedRevision, Revision } from './contract.ts';
import { compareTags, compareTexts, compareWords } from './difference.ts';
import type { ArticleRecord, ArticlesStore, RevisionHead, RevisionRecord } from './store.ts';

type Options = {
  store: ArticlesStore;
  access: Access;
  accounts: Pick<Accounts, 'people'>;
};

const UNSAID = { title: '', body: '', tags: [] };

/** null: its author sees every version; others those that were public since this one. */
const shownSince = (actor: Actor | null, article: ArticleRecord): number | null =>
  article.authorId === actor?.userId ? null : (article.publishedVersion ?? article.version);

/** The versions of an article. */
export const createHistory = ({ store, access, accounts }: Options) => {
  const shown = async <T extends RevisionHead>(heads: readonly T[]) => {
    const people = await accounts.people([...new Set(heads.map(({ by }) => by))]);
    return heads.flatMap((head) => {
      const person = people.get(head.by);
      return person ? [{ ...head, by: person }] : [];
    });
  };
  const findShown = async (actor: Actor | null, article: ArticleRecord, version: number) => {
    const found = await store.revision(article.id, version);
    const since = shownSince(actor, article);
    const isShown = since === null || (found?.wasPublic && version >= since);
    if (!found || !isShown) throw notFound('version');
    return found;
  };
  const findBefore = async (actor: Actor | null, article: ArticleRecord, version: number) => {
    const page = { before: version, since: shownSince(actor, article), limit: 1 };
    const [before] = await store.revisions(article.id, page);
    return before ? store.revision(article.id, before.version) : null;
  };
  const named = async (found: RevisionRecord): Promise<Revision> => {
    const { version, title, at, by, size } = found;
    const [revision] = await shown([{ version, title, at, by, size }]);
    if (!revision) throw notFound('version');
    return revision;
  };
  return {
    /** Newest first. */
    revisions: async (
      actor: Actor | null,
      idOrSlug: string,
      { cursor, limit }: PageQuery,
    ): Promise<List<ListedRevision>> => {
      const article = await access.requireReadable(actor, idOrSlug);
      const [before] = cursor ? decodeCursor(cursor, ['number'] as const) : [article.version + 1];
      const since = shownSince(actor, article);
      const found = await store.revisions(article.id, { before, since, limit: limit + 1 });
      const grown = found.map((head, index) => {
        const older = found[index + 1];
        return { ...head, grew: older ? head.size - older.size : null };
      });
      const { items, next } = pageOf(grown, limit, ({ version }) => [version]);
      return { items: await shown(items), next };
    },
    /** Errors: not_found. */
    revision: async (
      actor: Actor | null,
      idOrSlug: string,
      version: number,
    ): Promise<FullRevision> => {
      const article = await access.requireReadable(actor, idOrSlug);
      const found = await findShown(actor, article, version);
      return { ...(await named(found)), body: found.body, tags: found.tags };
    },
    /** From the version before, when none is named. Errors: not_found. */
    difference: async (
      actor: Actor | null,
      idOrSlug: string,
      asked: { to: number; from?: number | undefined },
    ): Promise<Difference> => {
      const article = await access.requireReadable(actor, idOrSlug);
      const to = await findShown(actor, article, asked.to);
      const from = await (asked.from === undefined
        ? findBefore(actor, article, to.version)
        : findShown(actor, article, asked.from));
      const before = from ?? UNSAID;
      return {
        from: from && (await named(from)),
        to: await named(to),
        title: compareWords(before.title, to.title),
        tags: compareTags(before.tags, to.tags),
        parts: compareTexts(before.body, to.body),
      };
    },
  };
};
