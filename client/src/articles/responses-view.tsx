import { useEffect, useRef } from 'preact/hooks';
import type { Article } from '../../../src/articles/contract.ts';
import { Hint } from '../ui/hint.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Composer } from './composer.tsx';
import { goTo, Pill } from './pill.tsx';
import { readersOf } from './readers.tsx';
import { BranchView } from './response.tsx';
import type { Responses as State } from './responses.ts';
import './responses.css';

type Props = { article: Article; responses: State };

/** The conversation under an article. */
export const Responses = ({ article, responses }: Props) => {
  const section = useRef<HTMLElement>(null);
  useLink(responses);
  useRead(responses, section);
  const { waiting } = responses.tree.value;
  const respond = async (body: string) => {
    await responses.respond(body, null);
    section.current
      ?.querySelector('.response.unsent')
      ?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
  };
  return (
    <section class="responses" id="responses" aria-labelledby="responses-title" ref={section}>
      <header class="responses-head">
        <h2 id="responses-title">Responses</h2>
        {responses.readers.value && (
          <span class="readers-count">{readersOf(responses.readers.value.count)}</span>
        )}
      </header>
      <Composer
        draftKey={`${article.roomId}/root`}
        label="Your response"
        placeholder="Add your response"
        people={responses.people}
        send={respond}
      />
      <Hint name="live-responses">Responses appear here live, while others write them.</Hint>
      {responses.failure.value && <ErrorNote>{responses.failure.value}</ErrorNote>}
      <Threads article={article} responses={responses} />
      <div class="live-pill">
        <Pill count={waiting} reveal={() => responses.reveal(null)} />
      </div>
    </section>
  );
};

const Threads = ({ article, responses }: Props) => {
  const { roots } = responses.tree.value;
  if (roots.length === 0) {
    return <p class="responses-none">Nobody has responded yet. What do you think?</p>;
  }
  return (
    <>
      <ol class="response-list">
        {roots.map((branch) => (
          <BranchView key={branch.key} {...{ branch, article, responses }} />
        ))}
      </ol>
      {responses.next.value && (
        <p class="responses-foot">
          <button
            type="button"
            class="button outline"
            disabled={responses.loading.value}
            onClick={() => void responses.loadMore()}
          >
            More responses
          </button>
        </p>
      )}
    </>
  );
};

/** While the conversation is on the screen of a visible page, it counts as read. */
function useRead(responses: State, section: { current: HTMLElement | null }): void {
  const tree = responses.tree.value;
  const onScreen = useRef(false);
  useEffect(() => {
    if (!section.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      onScreen.current = entry?.isIntersecting ?? false;
      if (onScreen.current) responses.markRead();
    });
    observer.observe(section.current);
    return () => observer.disconnect();
  }, [responses]);
  useEffect(() => {
    if (onScreen.current && document.visibilityState === 'visible') responses.markRead();
  }, [tree]);
}

const LINK = /^#r-([A-Za-z0-9_-]{8,36})$/;

/** Follows `#r-{messageId}` to its response, also to one that is not loaded yet. */
function useLink(responses: State): void {
  useEffect(() => {
    const follow = () => {
      const id = LINK.exec(location.hash)?.[1];
      if (id) void responses.find(id).then((found) => found && goTo(id));
      // A heading or the conversation, when the page came without a load of the document.
      else if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [responses]);
}
