import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { ensureSignedIn } from '../accounts/ask-sign-in.ts';
import { viewer } from '../accounts/state.ts';
import { useAct } from '../people/actions.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { isHidden } from '../undo/state.ts';
import { deleteSoon, react } from './acts.ts';
import { Bubble } from './bubble.tsx';
import { DeliveryNote } from './delivery-note.tsx';
import { LineActs } from './line-acts.tsx';
import type { LineContext } from './line-context.ts';
import { isPicking } from './log-behaviour.ts';
import { MessageEdit } from './message-edit.tsx';
import { Reactions } from './reactions.tsx';
import type { Line } from './timeline.ts';

type Props = { line: Line; context: LineContext; showTime: boolean };

/** One message in its group; drawn anew only when something of it changed, not with each that comes. */
export const MessageLine = (props: Props) => {
  const drawn = useRef<{ props: Props; tree: VNode } | null>(null);
  if (!drawn.current || !isSame(drawn.current.props, props))
    drawn.current = { props, tree: <Drawn {...props} /> };
  return drawn.current.tree;
};

/** Of the context only what concerns this line. */
const isSame = (before: Props, now: Props): boolean => {
  const concern = ({ line: { key, message, delivery, error }, context, showTime }: Props) => [
    ...[message, delivery, error, showTime, context.conversation],
    ...[context.active === key, context.marked === message.id],
    ...[context.editing === message.id, context.lastMine === message.id],
    message.replyTo && context.find(message.replyTo),
  ];
  const known = concern(before);
  return concern(now).every((value, index) => value === known[index]);
};

/** Open to change while it is edited. */
const Drawn = (props: Props) => {
  const { line, context } = props;
  const { message, key, delivery } = line;
  const active = context.active === key;
  const activate = () => {
    if (!active && !isPicking()) context.onActive(key);
  };
  const onPointer = (event: PointerEvent) => event.pointerType === 'mouse' && activate();
  const edited = context.editing === message.id && delivery === 'stored' && !message.deleted;
  return (
    <li
      class={`line ${delivery} ${context.marked === message.id ? 'marked' : ''}`}
      data-message={message.id}
      tabIndex={active ? 0 : -1}
      onPointerEnter={onPointer}
      // The focus may have gone elsewhere while the pointer rested here.
      onPointerMove={onPointer}
      onFocusCapture={activate}
      onClick={activate}
    >
      {edited ? (
        <MessageEdit message={message} onDone={() => context.onEdit(null)} />
      ) : (
        <Shown {...props} active={active} />
      )}
    </li>
  );
};

const Shown = ({ line, context, showTime, active }: Props & { active: boolean }) => {
  const { message, mine, delivery } = line;
  const { act, error } = useAct();
  const going = isHidden(message.id);
  const stands = delivery === 'stored' && !message.deleted && !going;
  const onReact = (emoji: string, on: boolean) =>
    act(async () => {
      if (await ensureSignedIn('react')) await react(message, emoji, on);
    });
  const onDelete = () => deleteSoon(message);
  return (
    <>
      <div class="bubble-row">
        <Bubble message={message} context={context} leaving={going} />
        {stands && active && viewer.value && (
          <LineActs
            message={message}
            mine={mine}
            context={context}
            onReact={onReact}
            onDelete={onDelete}
          />
        )}
        {showTime && <Time at={message.at} format="clock" class="line-time" />}
      </div>
      {stands && (
        <Reactions
          message={message}
          people={context.conversation.members.value}
          onToggle={onReact}
        />
      )}
      <DeliveryNote line={line} last={context.lastMine === message.id} context={context} />
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  );
};
