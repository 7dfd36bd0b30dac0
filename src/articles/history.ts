import type { Accounts } from '../accounts/service.ts';
import { notFound } from '../errors.ts';
import type { Actor } from '../platform/actor.ts';
import { decodeCursor, pageOf } from '../platform/cursor.ts';
import type { List, PageQuery } from '../wire/contract.ts';
import type { Access } from './access.ts';
import type { FullRevision, Revision } from './contract.ts';
import type { ArticleRecord, ArticlesStore, RevisionHead } from './store.ts';

type Options = {
  store: ArticlesStore;
  access: Access;
  accounts: Pick<Accounts, 'people'>;
};

/** Its author sees every version, others those since its first publication. */
const firstShown = (actor: Actor | null, { authorId, publishedVersion }: ArticleRecord): number =>
  authorId === actor?.userId ? 1 : (publishedVersion ?? Number.MAX_SAFE_INTEGER);

/** The versions of an article. */
export const createHistory = ({ store, access, accounts }: Options) => {
  const shown = async (heads: RevisionHead[]): Promise<Revision[]> => {
    const people = await accounts.people([...new Set(heads.map(({ by }) => by))]);
    return heads.flatMap(({ by, ...head }) => {
      const person = people.get(by);
      return person ? { ...head, by: person } : [];
    });
  };
  return {
    /** Newest first. */
    revisions: async (
      actor: Actor | null,
      idOrSlug: string,
      { cursor, limit }: PageQuery,
    ): Promise<List<Revision>> => {
      const article = await access.requireReadable(actor, idOrSlug);
      const [before] = cursor ? decodeCursor(cursor, ['number'] as const) : [article.version + 1];
      const found = await store.revisions(article.id, { before, limit: limit + 1 });
      const from = firstShown(actor, article);
      const visible = found.filter(({ version }) => version >= from);
      const { items, next } = pageOf(visible, limit, ({ version }) => [version]);
      return { items: await shown(items), next };
    },
    /** Errors: not_found. */
    revision: async (
      actor: Actor | null,
      idOrSlug: string,
      version: number,
    ): Promise<FullRevision> => {
      const article = await access.requireReadable(actor, idOrSlug);
      const found =
        version < firstShown(actor, article) ? null : await store.revision(article.id, version);
      const [head] = found ? await shown([found]) : [];
      if (!found || !head) throw notFound('version');
      return { ...head, body: found.body, tags: found.tags };
    },
  };
};
