import { Avatar } from '../ui/avatar.tsx';
import { Time } from '../ui/time.tsx';
import type { LineContext } from './line-context.ts';
import { MessageLine } from './message-line.tsx';
import type { Row } from './timeline.ts';
import './message.css';

type Group = Extract<Row, { kind: 'group' }>;

/** What one person said in one go: the face and the name once, each line with its own acts. */
export const MessageGroup = ({ row, context }: { row: Group; context: LineContext }) => {
  const { sender, mine, lines } = row;
  const first = lines[0];
  return (
    <div class={`group ${mine ? 'mine' : ''}`}>
      {!mine && <Face sender={sender} about={first?.message.id} />}
      <div class="group-body">
        <p class="group-head">
          {mine ? (
            <span class="visually-hidden">You</span>
          ) : sender ? (
            <a href={`/@${sender.username}`} data-about={first?.message.id}>
              {sender.name}
            </a>
          ) : (
            <span>Somebody who left</span>
          )}
          {first && <Time at={first.message.at} format="clock" />}
        </p>
        <ol>
          {lines.map((line, index) => (
            <MessageLine
              key={line.key}
              line={line}
              context={context}
              showTime={index > 0 && line.showTime}
            />
          ))}
        </ol>
      </div>
    </div>
  );
};

/** For the pointer alone: the name beside it is the same link. */
const Face = ({ sender, about }: Pick<Group, 'sender'> & { about: string | undefined }) => {
  const face = <Avatar person={sender} size="s" />;
  if (!sender) return <span class="group-face">{face}</span>;
  return (
    <a
      class="group-face"
      href={`/@${sender.username}`}
      data-about={about}
      tabIndex={-1}
      aria-hidden="true"
    >
      {face}
    </a>
  );
};
