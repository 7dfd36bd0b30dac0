import { CornerUpLeft, Pencil, SmilePlus, Trash2 } from 'lucide';
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
