import { useState } from 'preact/hooks';
import type { Article } from '../../../src/articles/contract.ts';
import { PersonLink } from '../accounts/person-link.tsx';
import { viewer } from '../accounts/state.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Time } from '../ui/time.tsx';
import { Composer } from './composer.tsx';
import { Prose } from './prose.tsx';
import { Editing, ResponseFoot } from './response-acts.tsx';
import type { Responses } from './responses.ts';
import type { Branch } from './tree.ts';

type Props = { branch: Branch; article: Article; responses: Responses };

/** Deeper replies stand at this depth, with a word on what they answer. */
export const DEEPEST = 4;

/** One response and, below it, its replies. */
export const BranchView = ({ branch, article, responses }: Props) => {
  const [mode, setMode] = useState<'read' | 'reply' | 'edit'>('read');
  const { message, outgoing, replies } = branch;
  const leaving = responses.deletions.waiting.value.has(message.id);
  const gone = message.deleted || leaving;
  const read = () => setMode('read');
  const shape = `response ${outgoing ? 'unsent' : ''} ${gone ? 'gone' : ''}`;
  return (
    <li class={shape} id={outgoing ? undefined : `r-${message.id}`}>
      <article aria-label={gone ? 'Deleted response' : `Response by ${message.sender?.name}`}>
        {gone ? (
          <Stub undo={leaving ? () => responses.deletions.undo(message.id) : undefined} />
        ) : (
          <>
            <Head branch={branch} article={article} />
            {mode === 'edit' ? (
              <Editing message={message} responses={responses} done={read} />
            ) : (
              <Body branch={branch} />
            )}
          </>
        )}
        {mode !== 'edit' && (
          <ResponseFoot
            branch={branch}
            gone={gone}
            responses={responses}
            reply={() => setMode('reply')}
            edit={() => setMode('edit')}
          />
        )}
        {mode === 'reply' && (
          <Composer
            draftKey={`${message.roomId}/${message.id}`}
            label={`Your reply to ${message.sender?.name ?? 'this response'}`}
            placeholder={`Reply to ${message.sender?.name ?? 'this response'}`}
            onClose={read}
            send={(body) => responses.respond(body, message.id)}
          />
        )}
      </article>
      {replies.length > 0 && (
        <ol class={branch.depth + 1 > DEEPEST ? 'replies level' : 'replies'}>
          {replies.map((reply) => (
            <BranchView key={reply.key} branch={reply} article={article} responses={responses} />
          ))}
        </ol>
      )}
    </li>
  );
};

const Head = ({
  branch: { message, outgoing, depth, parent },
  article,
}: Omit<Props, 'responses'>) => {
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
    </header>
  );
};

const Body = ({ branch: { message } }: { branch: Branch }) =>
  message.html ? (
    <Prose html={message.html} class="response-body" />
  ) : (
    <p class="response-body plain">{message.body}</p>
  );

const Stub = ({ undo }: { undo: (() => void) | undefined }) => (
  <p class="response-stub">
    {undo ? 'You deleted this response.' : 'This response was deleted.'}
    {undo && viewer.value && (
      <button type="button" class="text-button" onClick={undo}>
        Undo
      </button>
    )}
  </p>
);
