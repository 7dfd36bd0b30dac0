import { useEffect, useState } from 'preact/hooks';
import type { PersonWithReasons } from '../../../src/people/contract.ts';
import { viewer } from '../accounts/state.ts';
import { presenceOf } from '../presence/state.ts';
import { StatusMenu } from '../presence/view.tsx';
import { Page } from '../shell/page.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { PersonActions } from './actions.tsx';
import { loadOnline, loadSuggestions, onlineNow, suggestions } from './around.ts';
import { Blocked, Friends } from './friends.tsx';
import { Incoming, Outgoing } from './requests.tsx';
import { PersonRow, Reasons, Waiting } from './row.tsx';
import { blocked, friends, loadBlocks, loadRelations } from './state.ts';
import './people.css';

/** Who is online changes by itself; the list with its reasons is asked for this often. */
const REFRESH_MS = 30_000;

const isKnown = (): boolean =>
  Boolean(friends.peek() && blocked.peek() && suggestions.peek() && onlineNow.peek());

export const PeoplePage = () => {
  // All parts come at once: one that comes later would push the others down.
  const [isReady, setReady] = useState(isKnown);
  useEffect(() => {
    if (!viewer.value) return;
    const first = [loadRelations(), loadBlocks(), loadSuggestions(), loadOnline()];
    // A part that fails to load stays in its loading state; the connection note says why.
    void Promise.allSettled(first).then(() => setReady(true));
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') loadOnline().catch(() => undefined);
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [viewer.value?.id]);
  return (
    <Page title="People" width="wide" class="people-page">
      <div class="people-head">
        <h1 class="page-title">People</h1>
        <StatusMenu />
      </div>
      {isReady ? <Everybody key="everybody" /> : <Coming key="coming" />}
    </Page>
  );
};

const Everybody = () => (
  <div class="people-columns">
    <div>
      <Incoming />
      <OnlineNow />
      <Suggestions />
    </div>
    <div>
      <Friends />
      <Outgoing />
      <Blocked />
    </div>
  </div>
);

const Coming = () => (
  <div class="people-columns">
    <Waiting rows={6} />
    <Waiting rows={4} />
  </div>
);

/** Of the people online, who still is. */
const here = () =>
  onlineNow.value?.filter(
    ({ person }) => (presenceOf(person.id)?.status ?? 'online') !== 'offline',
  );

const OnlineNow = () => {
  const people = here();
  return (
    <section aria-labelledby="online-now">
      <h2 id="online-now">Online now</h2>
      {people?.length === 0 && (
        <EmptyNote
          title="Nobody you have something in common with is online."
          action={
            <a class="button outline" href="/">
              Read an article
            </a>
          }
        >
          People show up here while they read the same articles, follow the same tags or share a
          friend with you.
        </EmptyNote>
      )}
      <Reasoned people={people} />
    </section>
  );
};

const Suggestions = () => {
  // Whoever is named above as online is not named again.
  const above = new Set(here()?.map(({ person }) => person.id));
  const known = suggestions.value;
  const people = known?.filter(({ person }) => !above.has(person.id));
  if (known && known.length > 0 && people?.length === 0) return null;
  return (
    <section aria-labelledby="suggestions">
      <h2 id="suggestions">You may want to know</h2>
      {people?.length === 0 && (
        <EmptyNote
          quiet
          title="Nobody to suggest yet."
          action={
            <a class="button outline small" href="/search?kind=people">
              Find people by name
            </a>
          }
        >
          Suggested are people who write about the same tags, answer the same articles, or share a
          friend with you.
        </EmptyNote>
      )}
      <Reasoned people={people} />
    </section>
  );
};

const Reasoned = ({ people }: { people: readonly PersonWithReasons[] | undefined }) =>
  people ? (
    <ul class="person-list">
      {people.map(({ person, reasons }) => (
        <PersonRow
          key={person.id}
          person={person}
          presence
          size="l"
          below={<Reasons reasons={reasons} />}
        >
          <PersonActions person={person} />
        </PersonRow>
      ))}
    </ul>
  ) : (
    <Waiting rows={3} />
  );
