import { Hash, MessagesSquare } from 'lucide';
import { useEffect, useId } from 'preact/hooks';
import type { Now, Talk } from '../../../src/discovery/contract.ts';
import type { PersonWithReasons } from '../../../src/people/contract.ts';
import { PresenceDot } from '../accounts/person-link.tsx';
import { viewer } from '../accounts/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { Time } from '../ui/time.tsx';
import { loadNow, newest } from './state.ts';
import './now.css';

const REFRESH_MS = 60_000;

/** Who is here and where one talks. Its rows have one height, so that nothing moves when they change. */
export const NowSections = ({ now }: { now: Now | undefined }) => {
  const id = useId();
  const { online, talk } = newest.value ?? now ?? { online: [], talk: [] };
  return (
    <>
      <section aria-labelledby={`${id}-talk`}>
        <h2 id={`${id}-talk`}>Talked about now</h2>
        <div class="now-rows">
          {talk.length > 0 ? (
            <ol>
              {talk.map((each) => (
                <TalkRow key={each.url} talk={each} />
              ))}
            </ol>
          ) : (
            <p class="now-empty">It is quiet. Respond to an article and start the talk.</p>
          )}
        </div>
      </section>
      <section aria-labelledby={`${id}-here`}>
        <h2 id={`${id}-here`}>Online now</h2>
        <div class="now-rows people">
          {online.length > 0 ? <Online people={online} /> : <NobodyHere />}
        </div>
      </section>
    </>
  );
};

/** Asked for again when the tab is looked at, and each minute while it is. */
export const useFreshNow = (): void => useEffect(refreshWhileSeen, []);

function refreshWhileSeen(): () => void {
  const refresh = () => {
    // What is shown stays true enough until the server answers again.
    if (document.visibilityState === 'visible') loadNow().catch(() => undefined);
  };
  const timer = setInterval(refresh, REFRESH_MS);
  document.addEventListener('visibilitychange', refresh);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', refresh);
  };
}

const Online = ({ people }: { people: PersonWithReasons[] }) => (
  <ul>
    {people.map(({ person, reasons: [reason] }) => (
      <li key={person.id} class="now-row">
        <span class="person-face">
          <Avatar person={person} size="s" />
          {viewer.value && <PresenceDot userId={person.id} />}
        </span>
        <span class="now-words">
          <a href={`/@${person.username}`}>{person.name}</a>
          <span class="now-facts">
            {reason?.url ? <a href={reason.url}>{reason.text}</a> : (reason?.text ?? person.bio)}
          </span>
        </span>
      </li>
    ))}
  </ul>
);

const NobodyHere = () =>
  viewer.value ? (
    <p class="now-empty">
      Nobody to meet right now. <a href="/people">Find people you have something in common with.</a>
    </p>
  ) : (
    <p class="now-empty">
      Nobody shows up right now. <a href="/join">Join</a> and be the first one here.
    </p>
  );

const TalkRow = ({ talk: { kind, title, url, count, people, at } }: { talk: Talk }) => (
  <li class="now-row">
    <Icon of={kind === 'public' ? Hash : MessagesSquare} size={18} />
    <span class="now-words">
      <a href={url}>{title}</a>
      <span class="now-facts">
        {count} {wordFor(kind, count)} by {people} {people === 1 ? 'person' : 'people'},{' '}
        <Time at={at} format="ago" />
      </span>
    </span>
  </li>
);

const wordFor = (kind: Talk['kind'], count: number): string =>
  `${kind === 'public' ? 'message' : 'response'}${count === 1 ? '' : 's'}`;
