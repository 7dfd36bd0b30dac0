import { Pencil, Reply, Trash2 } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { ensureSignedIn } from '../accounts/ask-sign-in.ts';
import { viewer } from '../accounts/state.ts';
import { deleteSoon } from '../rooms/acts.ts';
import { offlineNote } from '../shell/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Pill } from './pill.tsx';
import { ReactionRow } from './reaction-row.tsx';
import type { Responses } from './responses.ts';
import type { Branch } from './tree.ts';

type Props = {
  branch: Branch;
  responses: Responses;
  reply: () => void;
  edit: () => void;
};

/** Below a response: its reactions and what can be done. It keeps its height whatever arrives. */
export const ResponseFoot = ({ branch, responses, reply, edit }: Props) => {
  const { message, outgoing, waiting } = branch;
  if (outgoing) return <Delivery branch={branch} responses={responses} />;
  const mine = viewer.value !== null && viewer.value.id === message.sender?.id;
  return (
    <footer class="response-foot">
      <button type="button" class="button quiet small" data-key="reply" onClick={reply}>
        <Icon of={Reply} size={16} />
        Reply
      </button>
      <Reactions message={message} react={responses.react} />
      {mine && (
        <>
          <IconButton icon={Pencil} label="Edit" data-key="edit" size={16} onClick={edit} />
          <IconButton
            icon={Trash2}
            label="Delete"
            size={16}
            onClick={() => deleteSoon(message, 'Response deleted.')}
          />
        </>
      )}
      <Pill count={waiting} reveal={() => responses.reveal(message.id)} />
    </footer>
  );
};

/** On its way, or failed and in its writer's hands. */
const Delivery = ({ branch, responses }: Pick<Props, 'branch' | 'responses'>) => {
  const { outgoing } = branch;
  if (!outgoing) return null;
  if (outgoing.state !== 'failed') {
    const words = offlineNote.value ? 'Waits for a connection' : 'Sending…';
    return <p class="response-foot delivery">{outgoing.state === 'sent' ? 'Sent' : words}</p>;
  }
  return (
    <div class="response-foot delivery">
      <ErrorNote>Not sent. {outgoing.error}</ErrorNote>
      <button type="button" class="text-button" onClick={() => responses.retry(outgoing.clientId)}>
        Retry
      </button>
      <button
        type="button"
        class="text-button"
        onClick={() => responses.discard(outgoing.clientId)}
      >
        Discard
      </button>
    </div>
  );
};

type ReactProps = { message: Message; react: Responses['react'] };

const Reactions = ({ message, react }: ReactProps) => {
  const me = viewer.value?.id;
  const given = Object.entries(message.reactions).map(([emoji, people]) => ({
    emoji,
    count: people.length,
    mine: me !== undefined && people.includes(me),
  }));
  const toggle = async (emoji: string, on: boolean) => {
    if (await ensureSignedIn('react')) await react(message.id, emoji, on);
  };
  return <ReactionRow given={given} toggle={(emoji, on) => void toggle(emoji, on)} />;
};

type EditingProps = { message: Message; responses: Responses; done: () => void };

/** The response as its writer changes it; a failure keeps the words. */
export const Editing = ({ message, responses, done }: EditingProps) => {
  const [body, setBody] = useState(message.body);
  const [state, setState] = useState<{ saving: boolean; error: string | null }>({
    saving: false,
    error: null,
  });
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => area.current?.focus(), []);
  const save = async () => {
    if (body.trim() === '' || state.saving) return;
    if (body === message.body) return done();
    setState({ saving: true, error: null });
    const error = await responses.edit(message.id, body);
    if (error) setState({ saving: false, error });
    else done();
  };
  return (
    <form
      class="composer open editing"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="composer-box">
        <textarea
          ref={area}
          aria-label="Your response"
          rows={Math.min(12, body.split('\n').length + 2)}
          value={body}
          onInput={(event) => setBody(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') done();
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void save();
          }}
        />
        <div class="composer-foot">
          {state.error && <ErrorNote>{state.error}</ErrorNote>}
          <button type="button" class="button quiet small" onClick={done}>
            Cancel
          </button>
          <button type="submit" class="button small" disabled={state.saving || body.trim() === ''}>
            Save
          </button>
        </div>
      </div>
    </form>
  );
};
