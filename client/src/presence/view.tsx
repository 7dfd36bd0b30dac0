import { Check, ChevronDown } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PersonStatus, Status } from '../../../src/presence/contract.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { Time } from '../ui/time.tsx';
import { whileOnScreen } from './on-screen.ts';
import './presence.css';
import { type OwnStatus, ownStatus, presenceOf, setOwnStatus, watchPresence } from './state.ts';

const WORDS: Record<Status, string> = {
  online: 'Online',
  away: 'Away',
  busy: 'Busy',
  offline: 'Offline',
};

/** A person's presence, followed while it is on the screen. Its word is read aloud. */
export const PresenceDot = ({ userId }: { userId: string }) => {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (!ref.current) return;
    return whileOnScreen(ref.current, () => watchPresence(userId));
  }, [userId]);
  const status = presenceOf(userId)?.status ?? 'offline';
  return (
    <span
      ref={ref}
      class={`presence-dot ${status}`}
      role="img"
      aria-label={WORDS[status]}
      title={WORDS[status]}
    />
  );
};

/** The same in words; `known` holds until the server has told more. */
export const LastSeen = ({ userId, known }: { userId: string; known?: PersonStatus }) => {
  const { status = 'offline', lastSeen } = presenceOf(userId) ?? known ?? {};
  return (
    <span class="person-note">
      {status === 'offline' && lastSeen ? (
        <>
          Last seen <Time at={lastSeen} format="ago" />
        </>
      ) : (
        WORDS[status]
      )}
    </span>
  );
};

const CHOICES: readonly { status: OwnStatus; word: string; hint: string; dot: Status }[] = [
  { status: 'online', word: 'Online', hint: 'Away after 5 minutes without input', dot: 'online' },
  { status: 'away', word: 'Away', hint: 'Here, but not at the screen', dot: 'away' },
  { status: 'busy', word: 'Busy', hint: 'Here, and better not disturbed', dot: 'busy' },
  { status: 'invisible', word: 'Invisible', hint: 'Others see you as offline', dot: 'offline' },
];

/** What others see of me, and the choice of it. */
export const StatusMenu = () => {
  const [failed, setFailed] = useState(false);
  const chosen = CHOICES.find(({ status }) => status === ownStatus.value) ?? CHOICES[0];
  const choose = (status: OwnStatus) => {
    setFailed(false);
    setOwnStatus(status).catch(() => setFailed(true));
  };
  return (
    <span class="status-menu">
      <Popover
        label="My status"
        class="status-choices"
        trigger={(props) => (
          <button type="button" class="button outline small" {...props}>
            <span class={`presence-dot ${chosen?.dot}`} aria-hidden="true" />
            <span>
              <span class="visually-hidden">My status: </span>
              {chosen?.word}
            </span>
            <Icon of={ChevronDown} size={16} />
          </button>
        )}
      >
        {(close) =>
          CHOICES.map(({ status, word, hint, dot }) => (
            <button
              key={status}
              type="button"
              class="status-choice"
              aria-pressed={status === ownStatus.value}
              onClick={() => {
                choose(status);
                close();
              }}
            >
              <span class={`presence-dot ${dot}`} aria-hidden="true" />
              <span>
                {word}
                <small>{hint}</small>
              </span>
              {status === ownStatus.value && <Icon of={Check} size={18} />}
            </button>
          ))
        }
      </Popover>
      {failed && <span role="alert">Your status did not change. Try again.</span>}
    </span>
  );
};
