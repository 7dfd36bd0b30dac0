import { Ban, Check, Ellipsis, MessageCircle, UserMinus, UserPlus, X } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Person } from '../../../src/accounts/contract.ts';
import { viewer } from '../accounts/state.ts';
import { openDirect } from '../rooms/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Popover } from '../ui/popover.tsx';
import {
  acceptRequest,
  block,
  dropRequest,
  isBlocked,
  loadBlocks,
  loadRelations,
  relationTo,
  removeFriend,
  requestFriend,
  unblock,
} from './state.ts';
import './people.css';

type Props = {
  person: Person;
  /** The message that a friend request begins from. */
  aboutMessageId?: string | undefined;
  /** False where one writes to them already. */
  writing?: boolean;
};
type Act = (work: () => Promise<unknown>) => void;

/** What I can do about a person: become friends, write to them, or keep away from them. */
export const PersonActions = ({ person, aboutMessageId, writing = true }: Props) => {
  const { act, busy, error } = useAct();
  const { route } = useLocation();
  useEffect(() => {
    loadRelations().catch(() => undefined);
    loadBlocks().catch(() => undefined);
  }, []);
  const known = relationTo(person.id);
  if (!viewer.value || known?.relation === 'self') return null;
  const write = () =>
    act(async () => {
      const room = await openDirect(person.username);
      route(`/chat/${room.id}`);
    });
  return (
    <div class="person-actions">
      <FriendButton
        person={person}
        aboutMessageId={aboutMessageId}
        act={act}
        busy={busy}
        writing={writing}
      />
      {writing && (
        <button type="button" class="button outline small" disabled={busy} onClick={write}>
          <Icon of={MessageCircle} size={16} />
          Message
        </button>
      )}
      <MoreActions person={person} act={act} />
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  );
};

/** Runs one action at a time and keeps the words of its failure. */
export function useAct(): { act: Act; busy: boolean; error: string | null } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const act: Act = (work) => {
    setBusy(true);
    setError(null);
    work()
      .catch((failure: unknown) => setError(failure instanceof Error ? failure.message : 'Failed'))
      .finally(() => setBusy(false));
  };
  return { act, busy, error };
}

const FriendButton = ({
  person,
  aboutMessageId,
  writing,
  act,
  busy,
}: Props & { act: Act; busy: boolean }) => {
  const { relation, requestId = '' } = relationTo(person.id) ?? {};
  if (relation === 'friend') return writing ? null : <State word="Friends" />;
  if (relation === 'requested') return <State word="Requested" />;
  if (relation === 'requests_you') {
    const accept = () => act(() => acceptRequest({ id: requestId, from: person }));
    return (
      <button type="button" class="button small" disabled={busy} onClick={accept}>
        <Icon of={Check} size={16} />
        Accept
      </button>
    );
  }
  return (
    <button
      type="button"
      class="button small"
      disabled={busy || !relation}
      onClick={() => act(() => requestFriend(person, aboutMessageId))}
    >
      <Icon of={UserPlus} size={16} />
      Add friend
    </button>
  );
};

const State = ({ word }: { word: string }) => (
  <span class="person-state">
    <Icon of={Check} size={16} />
    {word}
  </span>
);

const MoreActions = ({ person, act }: { person: Person; act: Act }) => {
  const { relation, requestId = '' } = relationTo(person.id) ?? {};
  const barred = isBlocked(person.id);
  const choices = [
    relation === 'friend' && {
      icon: UserMinus,
      word: 'Remove friend',
      run: () => removeFriend(person),
    },
    relation === 'requested' && {
      icon: X,
      word: 'Withdraw request',
      run: () => dropRequest(requestId),
    },
    relation === 'requests_you' && {
      icon: X,
      word: 'Decline request',
      run: () => dropRequest(requestId),
    },
    barred
      ? { icon: Ban, word: 'Unblock', run: () => unblock(person) }
      : // Until it is known whether they are blocked, neither can be chosen.
        { icon: Ban, word: 'Block', run: () => block(person), waits: barred === undefined },
  ].filter((choice) => choice !== false);
  return (
    <Popover
      label={`More about ${person.name}`}
      class="menu"
      trigger={(props) => (
        <IconButton icon={Ellipsis} label={`More about ${person.name}`} size={18} {...props} />
      )}
    >
      {(close) =>
        choices.map(({ icon, word, run, waits }) => (
          <button
            key={word}
            type="button"
            class="menu-item"
            disabled={waits}
            onClick={() => {
              close();
              act(run);
            }}
          >
            <Icon of={icon} size={18} />
            {word}
          </button>
        ))
      }
    </Popover>
  );
};
