import { useEffect } from 'preact/hooks';
import type { SearchHit, SearchKind } from '../../../src/discovery/contract.ts';
import { signInLink } from '../accounts/sign-in-links.ts';
import { viewer } from '../accounts/state.ts';
import { Tags } from '../articles/cards.tsx';
import { loadRooms, roomOf, titleOf } from '../rooms/state.ts';
import { railTags } from '../shell/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { addressOf, piecesOf, type Search } from './state.ts';

type Props = { search: Search; q: string; kind: SearchKind | null };

/** What was found, or what to do when nothing was. */
export const Hits = ({ search, q, kind }: Props) => {
  const found = search.hits.value;
  useEffect(() => {
    // A direct chat is called after the other person, which only the list of rooms knows.
    if (viewer.value) loadRooms().catch(() => undefined);
  }, [viewer.value?.id]);
  if (q === '') return <Beginning />;
  if (!found) return search.failure.value ? null : <Waiting />;
  if (found.length === 0) return <Nothing q={q} kind={kind} />;
  return (
    <>
      <ol class="hits" aria-busy={search.loading.value}>
        {found.map((hit) => (
          <li key={`${hit.kind} ${hit.id}`}>
            <Hit hit={hit} />
          </li>
        ))}
      </ol>
      {search.next.value && (
        <button
          type="button"
          class="button outline"
          disabled={search.loading.value}
          onClick={() => void search.more()}
        >
          Show more
        </button>
      )}
    </>
  );
};

const WORDS: Record<SearchKind, string> = {
  articles: 'Article',
  responses: 'Response',
  people: 'Person',
  messages: 'Message',
};

const Hit = ({ hit }: { hit: SearchHit }) => {
  const { kind, person, url, at } = hit;
  return (
    <article class="hit">
      <Avatar person={person} />
      <div>
        <h2>
          <a href={url}>{titleOfHit(hit)}</a>
        </h2>
        <p class="hit-facts">
          <span>{WORDS[kind]}</span>
          <span>{kind === 'people' ? `@${person.username}` : person.name}</span>
          {kind === 'people' ? (
            <span>
              joined <Time at={at} />
            </span>
          ) : (
            <Time at={at} />
          )}
        </p>
        {hit.snippet && (
          <p class="hit-snippet">
            {piecesOf(hit).map(({ text, found }) => (found ? <mark>{text}</mark> : text))}
          </p>
        )}
      </div>
    </article>
  );
};

const titleOfHit = ({ kind, title, url }: SearchHit): string => {
  if (kind !== 'messages') return title;
  const room = roomOf(url.split(/[/#?]/)[2] ?? '');
  return room ? titleOf(room) : title || 'Direct chat';
};

const Waiting = () => (
  <div class="page-loading" aria-hidden="true">
    <span class="skeleton" />
    <span class="skeleton" />
    <span class="skeleton" />
  </div>
);

const Beginning = () => (
  <EmptyNote
    title="What are you looking for?"
    action={
      railTags.value.length > 0 ? (
        <nav aria-label="Tags to begin with">
          <Tags tags={railTags.value.map(({ tag }) => tag)} />
        </nav>
      ) : (
        <a class="button outline" href="/">
          See the latest articles
        </a>
      )
    }
  >
    {viewer.value
      ? 'Articles, the responses under them, people, and the messages of your own rooms.'
      : 'Articles, the responses under them, and people.'}
    {railTags.value.length > 0 && ' Or begin with a tag:'}
  </EmptyNote>
);

/** The one next step: everywhere instead of here, logged in, or a text of one's own. */
const Nothing = ({ q, kind }: Omit<Props, 'search'>) => (
  <EmptyNote title={`Nothing found for “${q}”.`} action={<NextStep q={q} kind={kind} />}>
    All words must be there; the last may be the beginning of one. Fewer or other words find more.
  </EmptyNote>
);

const NextStep = ({ q, kind }: Omit<Props, 'search'>) => {
  if (kind) {
    return (
      <a class="button outline" href={addressOf({ q, kind: null })}>
        Search everything
      </a>
    );
  }
  if (viewer.value) {
    return (
      <a class="button outline" href="/write">
        Write about it
      </a>
    );
  }
  return (
    <a class="button outline" href={signInLink('/login', addressOf({ q, kind }))}>
      Log in to search your messages too
    </a>
  );
};
