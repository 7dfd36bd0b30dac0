import { CornerUpLeft, SendHorizontal, X } from 'lucide';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { CompletionList } from './completion-list.tsx';
import type { Conversation } from './conversation.ts';
import { peopleOf } from './mention.ts';
import { myLastMessage } from './say.ts';
import { isTouch } from './text-field.ts';
import { type Completion, completionProps, useCompletion } from './use-completion.ts';
import { plainOf } from './words.ts';
import { useWriting, type Writing } from './writing.ts';
import './composer.css';

/** From here on the room that is left is counted. */
const WARN_LEFT = 300;

type Props = {
  conversation: Conversation;
  /** Whether the field takes the focus when it appears. */
  focus: boolean;
  replyTo: Message | null;
  onReply: (message: Message | null) => void;
  onEdit: (messageId: string | null) => void;
};

/** Where one writes: Enter sends, Shift+Enter breaks, Up edits my last, Escape cancels a reply. */
export const Composer = ({ conversation, focus, replyTo, onReply, onEdit }: Props) => {
  const writing = useWriting({ conversation, focus, replyTo, onReply });
  const { log, members } = conversation;
  const people = () => peopleOf(log.value?.messages ?? [], members.value, viewer.value?.id);
  const completion = useCompletion(people, writing.field, writing.change);
  const { body, left, submit } = writing;
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter and Escape belong to it.
    if (event.isComposing) return;
    if (completion.key(event)) return event.preventDefault();
    const act = actOf(event, { body, conversation, submit, replyTo, onEdit, onReply });
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {replyTo && <Replying message={replyTo} onCancel={() => onReply(null)} />}
      <div class="composer-row">
        <CompletionList completion={completion} />
        <WritingField writing={writing} completion={completion} onKeyDown={onKeyDown} />
        <SendButton disabled={body.trim() === '' || left < 0} />
      </div>
      {left < WARN_LEFT && <Left left={left} />}
    </form>
  );
};

type Acts = Omit<Props, 'focus'> & { body: string; submit: () => void };

/** What a key does here; null: what it does in any field. */
function actOf({ key, shiftKey }: KeyboardEvent, acts: Acts): (() => void) | null {
  const { body, conversation, submit, replyTo, onEdit, onReply } = acts;
  if (key === 'Enter' && !shiftKey && !isTouch()) return submit;
  if (key === 'Escape' && replyTo) return () => onReply(null);
  const mine = key === 'ArrowUp' && body === '' && myLastMessage(conversation);
  return mine ? () => onEdit(mine.id) : null;
}

type FieldProps = {
  writing: Writing;
  completion: Completion;
  onKeyDown: (event: KeyboardEvent) => void;
};

const WritingField = ({ writing, completion, onKeyDown }: FieldProps) => (
  <textarea
    ref={writing.field}
    rows={1}
    class="composer-field"
    data-key="reply"
    aria-label="Message"
    placeholder="Write a message"
    value={writing.body}
    onKeyDown={onKeyDown}
    onInput={(event) => {
      writing.change(event.currentTarget.value);
      completion.look();
    }}
    {...completionProps(completion)}
  />
);

const SendButton = ({ disabled }: { disabled: boolean }) => (
  <button
    type="submit"
    class="composer-send"
    aria-label="Send"
    title="Send (Enter)"
    disabled={disabled}
  >
    <Icon of={SendHorizontal} />
  </button>
);

const Left = ({ left }: { left: number }) => (
  <p class={`composer-left ${left < 0 ? 'over' : ''}`} role="status">
    {left < 0 ? `${-left} characters too many` : `${left} characters left`}
  </p>
);

const Replying = ({ message, onCancel }: { message: Message; onCancel: () => void }) => (
  <div class="composer-reply">
    <Icon of={CornerUpLeft} size={16} />
    <p>
      <strong>{message.sender?.name ?? 'Somebody'}</strong> {plainOf(message.body)}
    </p>
    <IconButton icon={X} size={16} label="Do not reply" onClick={onCancel} />
  </div>
);
