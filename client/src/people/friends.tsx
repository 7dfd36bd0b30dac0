import type { Person } from '../../../src/accounts/contract.ts';
import type { Status } from '../../../src/presence/contract.ts';
import { presenceOf } from '../presence/state.ts';
import { LastSeen } from '../presence/view.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { PersonActions, useAct } from './actions.tsx';
import { PersonRow, Waiting } from './row.tsx';
import { blocked, friends, unblock } from './state.ts';

const ORDER: Record<Status, number> = { online: 0, busy: 1, away: 2, offline: 3 };
const rank = ({ id }: Person): number => ORDER[presenceOf(id)?.status ?? 'offline'];

/** Those who are here first, then by name. */
export const Friends = () => {
  const known = friends.value;
  const sorted =
    known && [...known].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  return (
    <section aria-labelledby="friends">
      <h2 id="friends">Friends{known && known.length > 0 ? ` (${known.length})` : ''}</h2>
      {!known && <Waiting rows={4} />}
      {known?.length === 0 && (
        <EmptyNote
          title="No friends yet."
          action={
            <a class="button outline" href="/">
              Read what others say
            </a>
          }
        >
          Add someone from a response of theirs, their profile, or the people listed here. You both
          see when the other is online.
        </EmptyNote>
      )}
      <ul class="person-list compact">
        {sorted?.map((friend) => (
          <PersonRow
            key={friend.id}
            person={friend}
            presence
            below={<LastSeen userId={friend.id} />}
          >
            <PersonActions person={friend} />
          </PersonRow>
        ))}
      </ul>
    </section>
  );
};

export const Blocked = () => {
  const known = blocked.value;
  if (!known) return null;
  return (
    <details class="blocked">
      <summary>Blocked people ({known.length})</summary>
      {known.length === 0 && (
        <EmptyNote quiet title="You have blocked nobody.">
          Whoever you block, from their profile, can neither write to you nor see when you are here.
        </EmptyNote>
      )}
      <ul class="person-list compact">
        {known.map((person) => (
          <BlockedRow key={person.id} person={person} />
        ))}
      </ul>
    </details>
  );
};

const BlockedRow = ({ person }: { person: Person }) => {
  const { act, busy, error } = useAct();
  return (
    <PersonRow person={person}>
      <button
        type="button"
        class="button quiet small"
        disabled={busy}
        onClick={() => act(() => unblock(person))}
      >
        Unblock
      </button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </PersonRow>
  );
};
