import { CornerUpLeft, SendHorizontal, X } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Conversation } from './conversation.ts';
import { keepDraft, readDraft } from './drafts.ts';
import { myLastMessage, say } from './say.ts';
import { BODY_MAX, isTouch, useAutoGrow } from './text-field.ts';
import { tellStopped, tellTyping } from './typing.ts';

const WARN_LEFT = 300;

type Props = {
  conversation: Conversation;
  replyTo: Message | null;
  onReply: (message: Message | null) => void;
  onEdit: (messageId: string | null) => void;
};

/** Where one writes: Enter sends, Shift+Enter breaks, Up edits my last, Escape cancels a reply. */
export const Composer = ({ conversation, replyTo, onReply, onEdit }: Props) => {
  const { roomId } = conversation;
  const [body, setBody] = useState(() => readDraft(roomId).body);
  const field = useRef<HTMLTextAreaElement>(null);
  const left = BODY_MAX - body.length;
  useAutoGrow(field, body);
  useRestoredReply(conversation, onReply);
  useEffect(() => keepDraft(roomId, { body, replyTo: replyTo?.id ?? null }), [body, replyTo?.id]);
  useEffect(() => focusWhereTyped(field.current), []);
  useLayoutEffect(() => {
    if (replyTo) field.current?.focus();
  }, [replyTo?.id]);

  const submit = () => {
    if (body.trim() === '' || left < 0) return;
    say(conversation, body.trim(), replyTo?.id ?? null);
    setBody('');
    onReply(null);
    tellStopped(roomId);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter and Escape belong to it.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && !isTouch()) {
      event.preventDefault();
      submit();
    }
    if (event.key === 'Escape' && replyTo) onReply(null);
    if (event.key === 'ArrowUp' && body === '') {
      const mine = myLastMessage(conversation);
      if (!mine) return;
      event.preventDefault();
      onEdit(mine.id);
    }
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
        <textarea
          ref={field}
          rows={1}
          class="composer-field"
          aria-label="Message"
          placeholder="Write a message"
          value={body}
          onKeyDown={onKeyDown}
          onInput={(event) => {
            const { value } = event.currentTarget;
            setBody(value);
            if (value.trim()) tellTyping(roomId);
            else tellStopped(roomId);
          }}
        />
        <button
          type="submit"
          class="composer-send"
          aria-label="Send"
          title="Send (Enter)"
          disabled={body.trim() === '' || left < 0}
        >
          <Icon of={SendHorizontal} />
        </button>
      </div>
      {left < WARN_LEFT && (
        <p class={`composer-left ${left < 0 ? 'over' : ''}`} role="status">
          {left < 0 ? `${-left} characters too many` : `${left} characters left`}
        </p>
      )}
    </form>
  );
};

const Replying = ({ message, onCancel }: { message: Message; onCancel: () => void }) => (
  <div class="composer-reply">
    <Icon of={CornerUpLeft} size={16} />
    <p>
      <strong>{message.sender?.name ?? 'Somebody'}</strong> {message.body}
    </p>
    <IconButton icon={X} size={16} label="Do not reply" onClick={onCancel} />
  </div>
);

/** A draft remembers what it answers; the message is here once the log is. */
function useRestoredReply(
  { roomId, log }: Conversation,
  onReply: (message: Message | null) => void,
): void {
  const wanted = useRef(readDraft(roomId).replyTo);
  const messages = log.value?.messages;
  useEffect(() => {
    if (!wanted.current || !messages) return;
    const found = messages.find(({ id }) => id === wanted.current);
    wanted.current = null;
    if (found) onReply(found);
  }, [messages]);
}

/** Ready to type, but never over a touch keyboard, and after the page has put its focus. */
function focusWhereTyped(field: HTMLTextAreaElement | null): (() => void) | undefined {
  if (isTouch()) return undefined;
  const timer = setTimeout(() => field?.focus({ preventScroll: true }), 0);
  return () => clearTimeout(timer);
}
