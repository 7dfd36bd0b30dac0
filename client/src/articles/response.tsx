import { useState } from 'preact/hooks';
import type { Article } from '../../../src/articles/contract.ts';
import { PersonLink } from '../accounts/person-link.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Time } from '../ui/time.tsx';
import { isHidden, mayUndo, undo } from '../undo/state.ts';
import { Composer } from './composer.tsx';
import { Pill } from './pill.tsx';
import { Prose } from './prose.tsx';
import { Editing, ResponseFoot } from './response-acts.tsx';
import type { Responses } from './responses.ts';
import type { Branch } from './tree.ts';

type Props = { branch: Branch; article: Article; responses: Responses };

/** Deeper replies stand at this depth, with a word on what they answer. */
export const DEEPEST = 4;

/** One response and, below it, its replies. */
export const BranchView = ({ branch, article, responses }: Props) => {
  const { message, outgoing, replies, depth } = branch;
  const leaving = isHidden(message.id);
  const gone = message.deleted || leaving;
  const shape = ['response', outgoing && 'unsent', gone && 'gone'].filter(Boolean).join(' ');
  return (
    <li class={shape} id={outgoing ? undefined : `r-${message.id}`}>
      {gone ? (
        <Gone branch={branch} responses={responses} leaving={leaving} />
      ) : (
        <Standing branch={branch} article={article} responses={responses} />
      )}
      {replies.length > 0 && (
        <ol class={depth >= DEEPEST ? 'replies level' : 'replies'}>
          {replies.map((reply) => (
            <BranchView key={reply.key} branch={reply} article={article} responses={responses} />
          ))}
        </ol>
      )}
    </li>
  );
};

/** A response as it is read, answered or edited. */
const Standing = ({ branch, article, responses }: Props) => {
  const [mode, setMode] = useState<'read' | 'reply' | 'edit'>('read');
  const read = () => setMode('read');
  const { message } = branch;
  const name = message.sender?.name ?? 'someone who left';
  return (
    <article aria-label={`Response by ${name}`}>
      <Head branch={branch} article={article} />
      {mode === 'edit' ? (
        <Editing message={message} responses={responses} done={read} />
      ) : (
        <>
          <Body branch={branch} />
          <ResponseFoot
            branch={branch}
            responses={responses}
            reply={() => setMode('reply')}
            edit={() => setMode('edit')}
          />
        </>
      )}
      {mode === 'reply' && (
        <Composer
          draftKey={`${message.roomId}/${message.id}`}
          label={`Your reply to ${name}`}
          placeholder={`Reply to ${name}`}
          people={responses.people}
          onClose={read}
          send={(body) => responses.respond(body, message.id)}
        />
      )}
    </article>
  );
};

/** A deleted one keeps its place, because others hang from it. */
const Gone = ({ branch, responses, leaving }: Omit<Props, 'article'> & { leaving: boolean }) => {
  const { id } = branch.message;
  return (
    <article aria-label="Deleted response">
      <p class="response-stub">
        {leaving ? 'You deleted this response.' : 'This response was deleted.'}
        {mayUndo(id) && (
          <button type="button" class="text-button" onClick={() => undo(id)}>
            Undo
          </button>
        )}
      </p>
      <footer class="response-foot">
        <Pill count={branch.waiting} reveal={() => responses.reveal(id)} />
      </footer>
    </article>
  );
};

type HeadProps = Omit<Props, 'responses'>;

const Head = ({ branch, article }: HeadProps) => {
  const { message, outgoing } = branch;
  const { sender } = message;
  return (
    <header class="response-head">
      {sender ? (
        <PersonLink person={sender} aboutMessageId={outgoing ? undefined : message.id} />
      ) : (
        <span class="person-link">
          <Avatar person={null} size="s" />
          <span class="person-name">Someone who left</span>
        </span>
      )}
      {sender?.id === article.author.id && <span class="badge">Author</span>}
      <Facts branch={branch} />
    </header>
  );
};

const Facts = ({ branch: { message, outgoing, depth, parent } }: Pick<Props, 'branch'>) => (
  <span class="response-facts">
    {outgoing ? (
      <Time at={message.at} format="ago" />
    ) : (
      <a href={`#r-${message.id}`}>
        <Time at={message.at} format="ago" />
      </a>
    )}
    {message.editedAt && <span>edited</span>}
    {depth > DEEPEST && parent && (
      <a href={`#r-${parent.id}`}>to {parent.sender?.name ?? 'a deleted response'}</a>
    )}
  </span>
);

const Body = ({ branch: { message } }: { branch: Branch }) =>
  message.html ? (
    <Prose html={message.html} class="response-body" />
  ) : (
    <p class="response-body plain">{message.body}</p>
  );
