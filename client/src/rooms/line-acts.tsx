import { Check, CornerUpLeft, Link, Pencil, SmilePlus, Trash2 } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import type { Message } from '../../../src/rooms/contract.ts';
import { viewer } from '../accounts/state.ts';
import { IconButton } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import type { LineContext } from './line-context.ts';
import { EmojiPicker } from './reactions.tsx';

type Props = {
  message: Message;
  mine: boolean;
  context: LineContext;
  onReact: (emoji: string, on: boolean) => void;
  onDelete: () => void;
};

/** What I can do with a message: react and reply, and with my own edit and delete. */
export const LineActs = ({ message, mine, context, onReact, onDelete }: Props) => {
  const isMyReaction = (emoji: string) =>
    message.reactions[emoji]?.includes(viewer.value?.id ?? '') ?? false;
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
              onReact(emoji, !isMyReaction(emoji));
            }}
          />
        )}
      </Popover>
      <IconButton
        icon={CornerUpLeft}
        label="Reply"
        data-key="reply"
        size={18}
        onClick={() => context.onReply(message)}
      />
      <CopyLink message={message} />
      {mine && (
        <>
          <IconButton
            icon={Pencil}
            label="Edit"
            data-key="edit"
            size={18}
            onClick={() => context.onEdit(message.id)}
          />
          <IconButton icon={Trash2} label="Delete" size={18} onClick={onDelete} />
        </>
      )}
    </div>
  );
};

const COPIED_MS = 2_000;
const COPY_WORDS = { ready: 'Copy link', copied: 'Link copied', refused: 'Copying is not allowed' };

/** A link that opens the room at this message. */
const CopyLink = ({ message }: { message: Message }) => {
  const [state, setState] = useState<keyof typeof COPY_WORDS>('ready');
  useEffect(() => {
    if (state === 'ready') return undefined;
    const timer = setTimeout(() => setState('ready'), COPIED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    const link = new URL(`/chat/${message.roomId}?at=${message.id}`, location.href);
    navigator.clipboard.writeText(link.href).then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <>
      <IconButton
        icon={state === 'copied' ? Check : Link}
        label={COPY_WORDS[state]}
        size={18}
        onClick={copy}
      />
      <span class="visually-hidden" role="status">
        {state === 'ready' ? '' : COPY_WORDS[state]}
      </span>
    </>
  );
};
