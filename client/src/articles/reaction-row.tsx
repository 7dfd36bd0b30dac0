import { SmilePlus } from 'lucide';
import { EMOJI, nameOfEmoji } from '../rooms/emoji.ts';
import { IconButton } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import './reaction-row.css';

type Props = {
  /** In the order to show: how many gave it, and whether I did. */
  given: { emoji: string; count: number; mine: boolean }[];
  toggle: (emoji: string, on: boolean) => void;
};

const OFFERED = 12;

/** The reactions to one thing, and the button that adds one. */
export const ReactionRow = ({ given, toggle }: Props) => {
  // One taken back by all leaves its emoji behind.
  const shown = given.filter(({ count }) => count > 0);
  return (
    <>
      <Popover
        label="React"
        align="start"
        class="emoji-panel"
        trigger={(props) => <IconButton icon={SmilePlus} label="React" size={17} {...props} />}
      >
        {(close) =>
          EMOJI.slice(0, OFFERED).map(([emoji, name]) => (
            <button
              key={emoji}
              type="button"
              aria-label={name}
              title={name}
              onClick={() => {
                close();
                toggle(emoji, true);
              }}
            >
              {emoji}
            </button>
          ))
        }
      </Popover>
      {shown.map(({ emoji, count, mine }) => (
        <button
          key={emoji}
          type="button"
          class="reaction"
          aria-pressed={mine}
          aria-label={`${nameOfEmoji(emoji)}, ${count}`}
          title={nameOfEmoji(emoji)}
          onClick={() => toggle(emoji, !mine)}
        >
          <span>{emoji}</span>
          {count}
        </button>
      ))}
    </>
  );
};
