import type { Message } from '../../../src/rooms/contract.ts';
import type { Conversation } from './conversation.ts';

/** What all lines of a log share. */
export type LineContext = {
  conversation: Conversation;
  /** A message that is known, drawn or not. */
  find: (messageId: string) => Message | undefined;
  editing: string | null;
  /** The message that was jumped to. */
  marked: string | null;
  /** The line under the pointer or with the focus shows its acts. */
  active: string | null;
  lastMine: string | null;
  onActive: (key: string | null) => void;
  onEdit: (messageId: string | null) => void;
  onReply: (message: Message) => void;
  onJump: (messageId: string) => void;
};
