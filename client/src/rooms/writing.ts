import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import type { Conversation } from './conversation.ts';
import { keepDraft, readDraft } from './drafts.ts';
import { say } from './say.ts';
import { BODY_MAX, isTouch, useAutoGrow } from './text-field.ts';
import { tellStopped, tellTyping } from './typing.ts';

export type Writing = {
  body: string;
  field: { current: HTMLTextAreaElement | null };
  /** How many characters more it may have. */
  left: number;
  change: (text: string) => void;
  submit: () => void;
};

type Options = {
  conversation: Conversation;
  /** Whether the field takes the focus when it appears. */
  focus: boolean;
  replyTo: Message | null;
  onReply: (message: Message | null) => void;
};

/** What is being written in a room: kept as a draft, told as typing, sent as a message. */
export const useWriting = ({ conversation, focus, replyTo, onReply }: Options): Writing => {
  const { roomId } = conversation;
  const [body, setBody] = useState(() => readDraft(roomId).body);
  const field = useRef<HTMLTextAreaElement>(null);
  const left = BODY_MAX - body.length;
  useAutoGrow(field, body);
  useDraft(conversation, body, replyTo, onReply);
  useEffect(() => (focus ? focusWhereTyped(field.current) : undefined), []);
  useLayoutEffect(() => {
    if (replyTo) field.current?.focus();
  }, [replyTo?.id]);

  const change = (value: string) => {
    setBody(value);
    if (value.trim()) tellTyping(roomId);
    else tellStopped(roomId);
  };
  const submit = () => {
    if (body.trim() === '' || left < 0) return;
    say(conversation, body.trim(), replyTo?.id ?? null);
    setBody('');
    onReply(null);
    tellStopped(roomId);
    field.current?.focus();
  };
  return { body, field, left, change, submit };
};

/** Keeps the draft; what it answers is restored once the log is here. */
function useDraft(
  { roomId, log }: Conversation,
  body: string,
  replyTo: Message | null,
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
  useEffect(
    () => keepDraft(roomId, { body, replyTo: replyTo?.id ?? wanted.current }),
    [body, replyTo?.id],
  );
}

/** Ready to type, but never over a touch keyboard, and after the page has put its focus. */
function focusWhereTyped(field: HTMLTextAreaElement | null): (() => void) | undefined {
  if (isTouch()) return undefined;
  const timer = setTimeout(() => field?.focus({ preventScroll: true }), 0);
  return () => clearTimeout(timer);
}
