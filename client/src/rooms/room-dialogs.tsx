import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Room } from '../../../src/rooms/contract.ts';
import { useAct } from '../people/actions.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { leaveRoom, renameRoom, titleOf } from './state.ts';

type Props = { room: Room; onClose: () => void };

export const RenameDialog = ({ room, onClose }: Props) => {
  const { act, busy, error } = useAct();
  const [title, setTitle] = useState(room.title);
  const wanted = title.trim();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (wanted === '' || wanted === room.title) return onClose();
    act(async () => {
      await renameRoom(room.id, wanted);
      onClose();
    });
  };
  return (
    <Dialog title="Rename room" onClose={onClose}>
      <form class="new-room" onSubmit={submit}>
        <Field label="Name" value={title} onValue={setTitle} maxLength={80} required autofocus />
        {error && <ErrorNote>{error}</ErrorNote>}
        <button type="submit" class="button" disabled={busy || wanted === ''}>
          Rename
        </button>
      </form>
    </Dialog>
  );
};

export const LeaveDialog = ({ room, onClose }: Props) => {
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
