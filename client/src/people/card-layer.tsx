import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Profile } from '../../../src/people/contract.ts';
import { PersonCard } from '../accounts/person-link.tsx';
import { signInLink } from '../accounts/sign-in-links.ts';
import { viewer } from '../accounts/state.ts';
import { LastSeen } from '../presence/view.tsx';
import { placeBeside } from '../ui/popover.tsx';
import { profileOf, reasonFor } from './card-state.ts';
import { type Pointed, type Watch, watchPeople } from './card-watch.ts';
import './people.css';

/** The card of the person whose name or face the pointer, the finger or the focus is on. */
export const PersonCardLayer = () => {
  const { path } = useLocation();
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const panel = useRef<HTMLDivElement>(null);
  const watch = useRef<Watch | null>(null);
  useEffect(() => {
    watch.current = watchPeople({
      panel: () => panel.current,
      show: setPointed,
      isMe: (username) => username === viewer.peek()?.username,
    });
    return () => watch.current?.stop();
  }, []);
  useEffect(() => () => watch.current?.close(), [path]);
  useLayoutEffect(() => {
    if (!pointed || !panel.current) return;
    return stayBeside(panel.current, pointed.anchor, () => watch.current?.close());
  }, [pointed]);
  if (!pointed) return null;
  return (
    <div
      key={pointed.username}
      ref={panel}
      popover="manual"
      class="popover person-card-panel"
      role="dialog"
      aria-label={`About @${pointed.username}`}
    >
      <Content username={pointed.username} about={pointed.about} />
    </div>
  );
};

/** In the top layer, at its link also while the page scrolls; gone when the link is. */
function stayBeside(panel: HTMLElement, anchor: HTMLElement, gone: () => void): () => void {
  panel.showPopover();
  const place = () => {
    const beside = anchor.getBoundingClientRect();
    const seen = anchor.isConnected && beside.bottom > 0 && beside.top < innerHeight;
    if (seen) placeBeside(panel, beside, 'start');
    else gone();
  };
  const sizes = new ResizeObserver(place);
  sizes.observe(panel);
  addEventListener('scroll', place, { capture: true, passive: true });
  addEventListener('resize', place);
  return () => {
    sizes.disconnect();
    removeEventListener('scroll', place, { capture: true });
    removeEventListener('resize', place);
  };
}

const Content = ({ username, about }: { username: string; about: string | undefined }) => {
  const known = useMemo(() => profileOf(username), [username, viewer.value?.id]).value;
  if (known.state === 'ready') return <Ready profile={known.profile} about={about} />;
  if (known.state === 'absent') return <p>There is nobody here under this name.</p>;
  if (known.state === 'failed') return <p>This card did not load. Point at the name again.</p>;
  return (
    <div class="person-card-wait" role="status">
      <span class="visually-hidden">Loading</span>
      <span class="skeleton" />
    </div>
  );
};

const Ready = ({ profile, about }: { profile: Profile; about: string | undefined }) => {
  const { path } = useLocation();
  const reason = reasonFor(profile);
  return (
    <PersonCard person={profile} aboutMessageId={about}>
      <p class="person-note person-card-facts">
        {viewer.value && (
          <LastSeen userId={profile.id} known={{ userId: profile.id, ...profile.presence }} />
        )}
        {reason && <span>{reason.url ? <a href={reason.url}>{reason.text}</a> : reason.text}</span>}
        {profile.articles > 0 && (
          <span>
            {profile.articles} {profile.articles === 1 ? 'article' : 'articles'}
          </span>
        )}
      </p>
      {!viewer.value && <a href={signInLink('/login', path)}>Log in to write to {profile.name}</a>}
    </PersonCard>
  );
};
