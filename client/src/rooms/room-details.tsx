import { LogOut, UserMinus, UserPlus, X } from 'lucide';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Person } from '../../../src/accounts/contract.ts';
import type { Room } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { PersonActions, useAct } from '../people/actions.tsx';
import { PersonRow } from '../people/row.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import type { Conversation } from './conversation.ts';
import { InviteDialog } from './new-chat.tsx';
import { leaveRoom, otherOf, removeMember, titleOf } from './state.ts';

type Props = { conversation: Conversation; room: Room; open: boolean; onClose: () => void };

/** Beside the conversation: who is in it, and what can be done about that. */
export const RoomDetails = ({ conversation, room, open, onClose }: Props) => {
  const other = otherOf(room);
  return (
    <aside class={`room-details ${open ? 'open' : ''}`} aria-label="About this conversation">
      <IconButton icon={X} label="Hide details" class="details-close" onClick={onClose} />
      {other ? <OtherPerson person={other} /> : <Members conversation={conversation} room={room} />}
    </aside>
  );
};

const OtherPerson = ({ person }: { person: Person }) => (
  <div class="details-person">
    <Avatar person={person} size="xl" />
    <h2>
      <a href={`/@${person.username}`}>{person.name}</a>
    </h2>
    <p class="row-handle">@{person.username}</p>
    {person.bio && <p>{person.bio}</p>}
    <PersonActions person={person} writing={false} />
  </div>
);

const Members = ({ conversation, room }: { conversation: Conversation; room: Room }) => {
  const [dialog, setDialog] = useState<'invite' | 'leave' | null>(null);
  const members = conversation.members.value;
  // Who belongs to a direct chat or an article is not for its members to change.
  const belongs = room.role !== null && (room.kind === 'group' || room.kind === 'public');
  const mayRemove = belongs && room.role !== 'member';
  return (
    <>
      <div class="details-head">
        <h2>{room.memberCount === 1 ? '1 member' : `${room.memberCount} members`}</h2>
        {belongs && (
          <button type="button" class="button outline small" onClick={() => setDialog('invite')}>
            <Icon of={UserPlus} size={16} />
            Invite
          </button>
        )}
      </div>
      <ul class="person-list compact">
        {members.map((person) => (
          <MemberRow key={person.id} person={person} room={room} mayRemove={mayRemove} />
        ))}
      </ul>
      {belongs && (
        <button type="button" class="button quiet small" onClick={() => setDialog('leave')}>
          <Icon of={LogOut} size={16} />
          Leave room
        </button>
      )}
      {dialog === 'invite' && (
        <InviteDialog room={{ ...room, members }} onClose={() => setDialog(null)} />
      )}
      {dialog === 'leave' && <LeaveDialog room={room} onClose={() => setDialog(null)} />}
    </>
  );
};

const MemberRow = ({
  person,
  room,
  mayRemove,
}: {
  person: Person;
  room: Room;
  mayRemove: boolean;
}) => {
  const { act, busy, error } = useAct();
  const self = person.id === viewer.value?.id;
  return (
    <PersonRow person={person} presence below={error && <ErrorNote>{error}</ErrorNote>}>
      {mayRemove && !self && (
        <IconButton
          icon={UserMinus}
          label={`Remove ${person.name}`}
          size={18}
          disabled={busy}
          onClick={() => act(() => removeMember(room.id, person.username))}
        />
      )}
    </PersonRow>
  );
};

const LeaveDialog = ({ room, onClose }: { room: Room; onClose: () => void }) => {
  const { act, busy, error } = useAct();
  const { route } = useLocation();
  const leave = () =>
    act(async () => {
      await leaveRoom(room.id);
      onClose();
      route('/chat');
    });
  return (
    <Dialog title={`Leave ${titleOf(room)}?`} onClose={onClose}>
      <p>
        {room.kind === 'public'
          ? 'You can join again at any time.'
          : 'You come back only when somebody invites you.'}
      </p>
      {error && <ErrorNote>{error}</ErrorNote>}
      <p class="dialog-acts">
        <button type="button" class="button danger" disabled={busy} onClick={leave}>
          Leave
        </button>
        <button type="button" class="button quiet" onClick={onClose}>
          Stay
        </button>
      </p>
    </Dialog>
  );
};
