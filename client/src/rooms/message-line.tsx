import { CornerUpLeft, Pencil, SmilePlus, Trash2 } from 'lucide';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { useAct } from '../people/actions.tsx';
import { IconButton } from '../ui/button.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Popover } from '../ui/popover.tsx';
import { Time } from '../ui/time.tsx';
import { deleteSoon, leaving, react, undoDelete } from './acts.ts';
import type { Conversation } from './conversation.ts';
import { DeliveryNote } from './delivery-note.tsx';
import { MessageBody } from './message-body.tsx';
import { MessageEdit } from './message-edit.tsx';
import { EmojiPicker, Reactions } from './reactions.tsx';
import type { Line } from './timeline.ts';

/** What all lines of a log share. */
export type LineContext = {
  conversation: Conversation;
  messages: readonly Message[];
  editing: string | null;
  /** The message that was jumped to. */
  marked: string | null;
  /** The line under the pointer or with the focus shows its acts. */
  active: string | null;
  lastMine: string | null;
  onActive: (key: string) => void;
  onEdit: (messageId: string | null) => void;
  onReply: (message: Message) => void;
  onJump: (messageId: string) => void;
};

type Props = { line: Line; context: LineContext; showTime: boolean };

export const MessageLine = ({ line, context, showTime }: Props) => {
  const { message, mine, key, delivery } = line;
  const { act, error } = useAct();
  const { active, marked, editing, onActive } = context;
  const gone = leaving.value.has(message.id) && !message.deleted;
  const stored = delivery === 'stored' && !message.deleted && !gone;
  const isEdited = editing === message.id && stored;
  const activate = () => active !== key && !isPicking() && onActive(key);
  return (
    <li
      class={`line ${delivery} ${marked === message.id ? 'marked' : ''}`}
      data-message={message.id}
      tabIndex={active === key ? 0 : -1}
      onPointerEnter={(event) => event.pointerType === 'mouse' && activate()}
      onFocusCapture={activate}
      onClick={activate}
    >
      {isEdited ? (
        <MessageEdit message={message} onDone={() => context.onEdit(null)} />
      ) : (
        <div class="bubble-row">
          <Content line={line} context={context} gone={gone} />
          {stored && active === key && (
            <Acts
              message={message}
              mine={mine}
              context={context}
              onReact={(emoji, on) => act(() => react(message, emoji, on))}
              onDelete={() => deleteSoon(message, (failure) => act(() => Promise.reject(failure)))}
            />
          )}
          {showTime && <Time at={message.at} format="clock" class="line-time" />}
        </div>
      )}
      {stored && (
        <Reactions
          message={message}
          people={context.conversation.members.value}
          onToggle={(emoji, on) => act(() => react(message, emoji, on))}
        />
      )}
      {!isEdited && (
        <DeliveryNote line={line} last={context.lastMine === message.id} context={context} />
      )}
      {error && <ErrorNote>{error}</ErrorNote>}
    </li>
  );
};

type ContentProps = { line: Line; context: LineContext; gone: boolean };

const Content = ({ line: { message }, context, gone }: ContentProps) => {
  if (message.deleted) return <p class="bubble stub">Message deleted</p>;
  if (gone) {
    return (
      <p class="bubble stub">
        Message deleted{' '}
        <button type="button" class="text-button" onClick={() => undoDelete(message.id)}>
          Undo
        </button>
      </p>
    );
  }
  return (
    <div class="bubble">
      {message.replyTo && <Quote messageId={message.replyTo} context={context} />}
      <MessageBody message={message} />
      {message.editedAt && (
        <span class="edited">
          edited <Time at={message.editedAt} format="clock" class="visually-hidden" />
        </span>
      )}
    </div>
  );
};

const Quote = ({ messageId, context }: { messageId: string; context: LineContext }) => {
  const quoted = context.messages.find(({ id }) => id === messageId);
  return (
    <button type="button" class="quote" onClick={() => context.onJump(messageId)}>
      <strong>{quoted ? (quoted.sender?.name ?? 'Somebody') : 'An earlier message'}</strong>
      {quoted && <span>{quoted.deleted ? 'Message deleted' : quoted.body}</span>}
    </button>
  );
};

type ActsProps = {
  message: Message;
  mine: boolean;
  context: LineContext;
  onReact: (emoji: string, on: boolean) => void;
  onDelete: () => void;
};

const Acts = ({ message, mine, context, onReact, onDelete }: ActsProps) => {
  const meId = viewer.value?.id ?? '';
  return (
    <div class="line-acts">
      <Popover
        label="Choose a reaction"
        class="emoji-picker"
        align={mine ? 'end' : 'start'}
        trigger={(props) => <IconButton icon={SmilePlus} label="React" size={18} {...props} />}
      >
        {(close) => (
          <EmojiPicker
            onPick={(emoji) => {
              close();
              onReact(emoji, !message.reactions[emoji]?.includes(meId));
            }}
          />
        )}
      </Popover>
      <IconButton
        icon={CornerUpLeft}
        label="Reply"
        size={18}
        onClick={() => context.onReply(message)}
      />
      {mine && (
        <>
          <IconButton
            icon={Pencil}
            label="Edit"
            size={18}
            onClick={() => context.onEdit(message.id)}
          />
          <IconButton icon={Trash2} label="Delete" size={18} onClick={onDelete} />
        </>
      )}
    </div>
  );
};

/** While a picker is open, the lines it covers stay quiet. */
const isPicking = (): boolean => document.querySelector('.line .popover') !== null;
