import { Check } from 'lucide';
import type { FriendRequest } from '../../../src/people/contract.ts';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { useAct } from './actions.tsx';
import { PersonRow } from './row.tsx';
import { acceptRequest, dropRequest, requests } from './state.ts';

export const Incoming = () => {
  const { incoming } = requests.value;
  if (incoming.length === 0) return null;
  return (
    <section aria-labelledby="incoming">
      <h2 id="incoming">
        Friend requests <span class="count">{incoming.length}</span>
      </h2>
      <ul class="person-list">
        {incoming.map((request) => (
          <IncomingRow key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
};

const IncomingRow = ({ request }: { request: FriendRequest }) => {
  const { act, busy, error } = useAct();
  return (
    <PersonRow person={request.from} presence size="l" below={<Why request={request} />}>
      <div class="person-actions">
        <button
          type="button"
          class="button small"
          disabled={busy}
          onClick={() => act(() => acceptRequest(request))}
        >
          <Icon of={Check} size={16} />
          Accept
        </button>
        <button
          type="button"
          class="button outline small"
          disabled={busy}
          onClick={() => act(() => dropRequest(request.id))}
        >
          Decline
        </button>
        {error && <ErrorNote>{error}</ErrorNote>}
      </div>
    </PersonRow>
  );
};

const Why = ({ request: { about, at } }: { request: FriendRequest }) => (
  <span class="person-note">
    {about && (
      <>
        About <a href={about.url}>“{about.text}”</a> ·{' '}
      </>
    )}
    {about ? 'asked' : 'Asked'} <Time at={at} format="ago" />
  </span>
);

export const Outgoing = () => {
  const { incoming, outgoing } = requests.value;
  if (outgoing.length === 0) return incoming.length === 0 ? <NoRequests /> : null;
  return (
    <section aria-labelledby="outgoing">
      <h2 id="outgoing">Waiting for an answer</h2>
      <ul class="person-list compact">
        {outgoing.map((request) => (
          <OutgoingRow key={request.id} request={request} />
        ))}
      </ul>
    </section>
  );
};

const NoRequests = () => (
  <section aria-labelledby="no-requests">
    <h2 id="no-requests">Requests</h2>
    <EmptyNote
      quiet
      title="No request waits."
      action={
        <a class="button outline small" href="/search?kind=people">
          Find somebody you know
        </a>
      }
    >
      Who asks to be your friend, and whom you asked, stands here until it is answered.
    </EmptyNote>
  </section>
);

const OutgoingRow = ({ request }: { request: FriendRequest }) => {
  const { act, busy, error } = useAct();
  const asked = (
    <span class="person-note">
      Asked <Time at={request.at} format="ago" />
    </span>
  );
  return (
    <PersonRow person={request.to} below={asked}>
      <button
        type="button"
        class="button quiet small"
        disabled={busy}
        onClick={() => act(() => dropRequest(request.id))}
      >
        Withdraw
      </button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </PersonRow>
  );
};
