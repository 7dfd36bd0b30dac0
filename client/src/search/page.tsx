import { Search as SearchIcon } from 'lucide';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { viewer } from '../accounts/state.ts';
import { arrived } from '../shell/arrival.ts';
import { Page } from '../shell/page.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Hits } from './hits.tsx';
import { addressOf, createSearch, KINDS, QUERY_MAX, type Search, wantedOf } from './state.ts';
import './search.css';

/** A pause in typing after which the words are looked for. */
const PAUSE_MS = 250;

/** Finding by words; the address keeps what is looked for. */
export const SearchPage = () => {
  const { query, route } = useLocation();
  const { q, kind } = wantedOf(query);
  const search = useMemo(createSearch, []);
  useEffect(() => void search.look({ q, kind }), [q, kind, viewer.value?.id]);
  useEffect(() => search.close, []);
  const show = (words: string) => route(addressOf({ q: words, kind }), true);
  return (
    <Page title="Search" width="bare" class="search-page">
      <h1 class="page-title">Search</h1>
      <SearchForm q={q} show={show} />
      <nav class="tabs search-kinds" aria-label="What to search">
        {KINDS.filter(({ members }) => !members || viewer.value).map(({ kind: of, word }) => (
          <a
            key={word}
            href={addressOf({ q, kind: of })}
            aria-current={of === kind ? 'page' : undefined}
          >
            {word}
          </a>
        ))}
      </nav>
      <Counted search={search} q={q} />
      {search.failure.value && <ErrorNote>{search.failure.value}</ErrorNote>}
      <Hits search={search} q={q} kind={kind} />
    </Page>
  );
};

/** Looks while one types; Enter looks at once. */
const SearchForm = ({ q, show }: { q: string; show: (words: string) => void }) => {
  const [words, setWords] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const told = useRef(q);
  // Back, forward and links bring other words than those typed here.
  useEffect(() => {
    if (q !== told.current) setWords(q);
    told.current = q;
  }, [q]);
  useEffect(() => {
    const trimmed = words.trim();
    if (trimmed === told.current) return;
    const timer = setTimeout(() => tell(trimmed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  useLayoutEffect(() => {
    if (q !== '') return;
    // Who comes to search wants to type: the field takes the focus that the heading would get.
    arrived();
    field.current?.focus();
  }, []);
  const tell = (trimmed: string) => {
    told.current = trimmed;
    show(trimmed);
  };
  return (
    <search>
      <form
        class="search-form"
        onSubmit={(event) => {
          event.preventDefault();
          tell(words.trim());
        }}
      >
        <Icon of={SearchIcon} />
        <input
          ref={field}
          class="input"
          type="search"
          aria-label="Search for"
          placeholder="Words, a name, a title"
          autocomplete="off"
          maxLength={QUERY_MAX}
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      </form>
    </search>
  );
};

/** Says how many were found, for those who do not see the list change. */
const Counted = ({ search, q }: { search: Search; q: string }) => {
  const found = search.hits.value;
  const count = found && `${found.length}${search.next.value ? ' or more' : ''} found`;
  return (
    <p class="visually-hidden" role="status">
      {q && (search.loading.value ? 'Searching' : count)}
    </p>
  );
};
