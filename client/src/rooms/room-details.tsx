import { Bell, BellOff, LogOut, Pencil, UserMinus, UserPlus, X } from 'lucide';
import { useState } from 'preact/hooks';
import type { Person } from '../../../src/accounts/contract.ts';
import type { Room } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { PersonActions, useAct } from '../people/actions.tsx';
import { PersonRow } from '../people/row.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import type { Conversation } from './conversation.ts';
import { InviteDialog } from './new-chat.tsx';
import { LeaveDialog, RenameDialog } from './room-dialogs.tsx';
import { muteRoom, otherOf, removeMember } from './state.ts';
import './room-details.css';

type Props = { conversation: Conversation; room: Room; open: boolean; onClose: () => void };

/** Beside the conversation: what it is, who is in it, and what can be done about that. */
export const RoomDetails = ({ conversation, room, open, onClose }: Props) => {
  const other = otherOf(room);
  return (
    <aside class={`room-details ${open ? 'open' : ''}`} aria-label="About this conversation">
      <IconButton icon={X} label="Hide details" class="details-close" onClick={onClose} />
      {other && <OtherPerson person={other} />}
      {room.article && <OfArticle room={room} />}
      {isShared(room) && <Members conversation={conversation} room={room} />}
      {room.role !== null && <RoomActs room={room} />}
    </aside>
  );
};

/** Rooms whose title and members are for their members to change. */
const isShared = ({ kind }: Room): boolean => kind === 'group' || kind === 'public';
const mayModerate = ({ role }: Room): boolean => role === 'owner' || role === 'moderator';

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

const OfArticle = ({ room: { article, memberCount } }: { room: Room }) => (
  <div class="details-article">
    <h2>
      <a href={`/a/${article?.slug}`}>{article?.title}</a>
    </h2>
    <p>
      This is the conversation under the article: what is written here stands there as a response,
      and the other way round.
    </p>
    {memberCount > 0 && (
      <p class="person-note">
        {memberCount === 1 ? '1 person talks here' : `${memberCount} people talk here`}
      </p>
    )}
  </div>
);

const Members = ({ conversation, room }: { conversation: Conversation; room: Room }) => {
  const [inviting, setInviting] = useState(false);
  const members = conversation.members.value;
  return (
    <>
      <div class="details-head">
        <h2>{room.memberCount === 1 ? '1 member' : `${room.memberCount} members`}</h2>
        {room.role !== null && (
          <button type="button" class="button outline small" onClick={() => setInviting(true)}>
            <Icon of={UserPlus} size={16} />
            Invite
          </button>
        )}
      </div>
      <ul class="person-list compact">
        {members.map((person) => (
          <MemberRow key={person.id} person={person} room={room} mayRemove={mayModerate(room)} />
        ))}
      </ul>
      {inviting && <InviteDialog room={{ ...room, members }} onClose={() => setInviting(false)} />}
    </>
  );
};

const RoomActs = ({ room }: { room: Room }) => {
  const [dialog, setDialog] = useState<'rename' | 'leave' | null>(null);
  const { act, busy, error } = useAct();
  const shared = isShared(room);
  return (
    <div class="details-acts">
      <button
        type="button"
        class="button quiet small"
        aria-pressed={room.muted}
        disabled={busy}
        onClick={() => act(() => muteRoom(room.id, !room.muted))}
      >
        <Icon of={room.muted ? Bell : BellOff} size={16} />
        {room.muted ? 'Unmute' : 'Mute'}
      </button>
      {shared && mayModerate(room) && (
        <button type="button" class="button quiet small" onClick={() => setDialog('rename')}>
          <Icon of={Pencil} size={16} />
          Rename
        </button>
      )}
      {shared && (
        <button type="button" class="button quiet small" onClick={() => setDialog('leave')}>
          <Icon of={LogOut} size={16} />
          Leave room
        </button>
      )}
      {error && <ErrorNote>{error}</ErrorNote>}
      {dialog === 'rename' && <RenameDialog room={room} onClose={() => setDialog(null)} />}
      {dialog === 'leave' && <LeaveDialog room={room} onClose={() => setDialog(null)} />}
    </div>
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
