import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { offlineNote } from '../shell/state.ts';
import { Composer } from './composer.tsx';
import type { Conversation } from './conversation.ts';
import { MessageLog } from './message-log.tsx';
import { TypingLine } from './typing-line.tsx';

type Props = {
  conversation: Conversation;
  /** The message to open at, instead of the newest. */
  at?: string | null;
  /** Whether the field takes the focus when it appears. */
  focus?: boolean;
  /** What stands where one writes, for who may not. */
  instead?: ComponentChildren;
};

/** The messages of a room, who types, and where one writes: the rows of a frame with a head. */
export const Talk = ({ conversation, at = null, focus = true, instead }: Props) => {
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [editing, setEditing] = useState<string | null>(null);
  return (
    <>
      <MessageLog
        conversation={conversation}
        at={at}
        editing={editing}
        onEdit={setEditing}
        onReply={(message) => {
          setEditing(null);
          setReplyTo(message);
        }}
      />
      <TypingLine conversation={conversation} />
      {offlineNote.value && (
        <p class="conversation-offline" role="status">
          Offline. What you send goes out when the connection is back.
        </p>
      )}
      {instead || (
        <Composer
          conversation={conversation}
          focus={focus}
          replyTo={replyTo}
          onReply={setReplyTo}
          onEdit={setEditing}
        />
      )}
    </>
  );
};
