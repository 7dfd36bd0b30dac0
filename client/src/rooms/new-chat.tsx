import { useEffect, useMemo, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Room } from '../../../src/rooms/contract.ts';
import { useAct } from '../people/actions.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { PeoplePicker } from './people-picker.tsx';
import { RoomFace } from './room-face.tsx';
import { starting } from './starting.ts';
import { invite, joinRoom, openDirect, publicRooms, roomMaker } from './state.ts';
import './start.css';

type Closing = { onClose: () => void };

/** Does it, goes to the room it answers, and closes. */
function useEnter(onClose: () => void) {
  const { act, busy, error } = useAct();
  const { route } = useLocation();
  const enter = (work: () => Promise<Room>) =>
    act(async () => {
      const room = await work();
      onClose();
      route(`/chat/${room.id}`);
    });
  return { enter, busy, error };
}

export const NewDirect = ({ onClose }: Closing) => {
  const { enter, error } = useEnter(onClose);
  return (
    <Dialog title="Message somebody" onClose={onClose}>
      <PeoplePicker label="To" onPick={(username) => enter(() => openDirect(username))} />
      {error && <ErrorNote>{error}</ErrorNote>}
    </Dialog>
  );
};

const KINDS = [
  { kind: 'group', word: 'Group', hint: 'Only people who are invited' },
  { kind: 'public', word: 'Public room', hint: 'Anybody may find it, read it and join' },
] as const;

export const NewRoom = ({ onClose }: Closing) => {
  const { enter, busy, error } = useEnter(onClose);
  const [kind, setKind] = useState<'group' | 'public'>('group');
  const [title, setTitle] = useState('');
  const [members, setMembers] = useState<string[]>([]);
  const create = useMemo(roomMaker, []);
  const toggle = (username: string) =>
    setMembers(
      members.includes(username)
        ? members.filter((one) => one !== username)
        : [...members, username],
    );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (title.trim()) enter(() => create({ kind, title: title.trim(), members }));
  };
  return (
    <Dialog title="New room" onClose={onClose}>
      <form class="new-room" onSubmit={submit}>
        <Field label="Name" value={title} onValue={setTitle} maxLength={80} required autofocus />
        <fieldset>
          <legend class="field-label">Who may come in</legend>
          {KINDS.map(({ kind: value, word, hint }) => (
            <label key={value} class="choice">
              <input
                type="radio"
                name="kind"
                checked={kind === value}
                onChange={() => setKind(value)}
              />
              <span>
                {word}
                <small>{hint}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <PeoplePicker label="Invite" chosen={members} onPick={toggle} />
        {members.length > 0 && (
          <p class="field-hint">Invited: {members.map((one) => `@${one}`).join(', ')}</p>
        )}
        {error && <ErrorNote>{error}</ErrorNote>}
        <button type="submit" class="button" disabled={busy || title.trim() === ''}>
          Create room
        </button>
      </form>
    </Dialog>
  );
};

const openNewRoom = (): void => {
  starting.value = 'room';
};

export const BrowseRooms = ({ onClose }: Closing) => {
  const { enter, busy, error } = useEnter(onClose);
  const { act, error: loadError } = useAct();
  const [found, setFound] = useState<Room[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const load = (cursor: string | null) =>
    act(async () => {
      const list = await publicRooms(cursor);
      setFound((before) => [...(cursor ? (before ?? []) : []), ...list.items]);
      setNext(list.next);
    });
  useEffect(() => load(null), []);
  return (
    <Dialog title="Public rooms" onClose={onClose}>
      {found?.length === 0 && (
        <EmptyNote
          title="There is no public room yet."
          action={
            <button type="button" class="button" onClick={openNewRoom}>
              New room
            </button>
          }
        >
          One that you make is found here by everybody.
        </EmptyNote>
      )}
      <ul class="picker-list">
        {found?.map((room) => (
          <li key={room.id} class="public-room">
            <RoomFace room={room} />
            <span>
              {room.title}
              <small>{room.memberCount === 1 ? '1 member' : `${room.memberCount} members`}</small>
            </span>
            <button
              type="button"
              class="button outline small"
              disabled={busy}
              onClick={() => enter(() => (room.role ? Promise.resolve(room) : joinRoom(room.id)))}
            >
              {room.role ? 'Open' : 'Join'}
            </button>
          </li>
        ))}
      </ul>
      {next && (
        <button type="button" class="button quiet small" onClick={() => load(next)}>
          Show more
        </button>
      )}
      {(error ?? loadError) && <ErrorNote>{error ?? loadError}</ErrorNote>}
    </Dialog>
  );
};

export const InviteDialog = ({ room, onClose }: Closing & { room: Room }) => {
  const { act, error } = useAct();
  const [invited, setInvited] = useState<string[]>([]);
  const members = room.members?.map(({ username }) => username) ?? [];
  const pick = (username: string) => {
    if (invited.includes(username)) return;
    act(async () => {
      await invite(room.id, username);
      setInvited((before) => [...before, username]);
    });
  };
  return (
    <Dialog title={`Invite to ${room.title}`} onClose={onClose}>
      <PeoplePicker
        label="Who"
        chosen={invited}
        without={members.filter((name) => !invited.includes(name))}
        onPick={pick}
      />
      {error && <ErrorNote>{error}</ErrorNote>}
      <p class="field-hint" role="status">
        {invited.length > 0 && `Invited: ${invited.map((one) => `@${one}`).join(', ')}`}
      </p>
    </Dialog>
  );
};
