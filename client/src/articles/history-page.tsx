import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation, useRoute } from 'preact-iso';
import type { Revision } from '../../../src/articles/contract.ts';
import type { HistoryContent } from '../../../src/pages/contract.ts';
import { viewer } from '../accounts/state.ts';
import { Load } from '../pages/load.tsx';
import { Page } from '../shell/page.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { Difference } from './difference.tsx';
import { countWords, loadHistory, readAsked, restore, restored } from './history.ts';
import { historyPath } from './history-path.ts';
import { Versions } from './versions.tsx';

export const HistoryRoute = () => {
  const { params, query } = useRoute();
  const slug = params['slug'] ?? '';
  const asked = readAsked(query);
  return (
    <Load<'history'> at={historyPath(slug, asked)} load={() => loadHistory(slug, asked)}>
      {(content) => <HistoryPage {...content} />}
    </Load>
  );
};

const HistoryPage = (content: HistoryContent) => {
  const { article } = content;
  const { restoring, error, again } = useRestoring(content);
  const act = viewer.value?.id === article.author.id ? again : null;
  return (
    <Page title={`History of ${article.title}`} width="wide" class="history-page">
      <header class="history-head">
        <p>
          <a href={`/a/${article.slug}`}>{article.title}</a>
        </p>
        <h1 class="page-title">History</h1>
      </header>
      {error && <ErrorNote>{error}</ErrorNote>}
      <Restored article={article} busy={restoring} act={again} />
      <div class="history-sides">
        <Compared content={content} busy={restoring} act={act} />
        <Versions {...content} />
      </div>
    </Page>
  );
};

type Act = (version: number) => void;

/** What it does is seen on the page of the newest version. */
function useRestoring({ article }: HistoryContent) {
  const { route } = useLocation();
  const [restoring, setRestoring] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const again = async (version: number) => {
    setRestoring(true);
    const failed = await restore(article, version);
    setError(failed);
    setRestoring(false);
    if (!failed) route(historyPath(article.slug));
  };
  return { restoring, error, again: (version: number) => void again(version) };
}

type RestoredProps = { article: HistoryContent['article']; busy: boolean; act: Act };

const Restored = ({ article, busy, act }: RestoredProps) => {
  const done = restored.value;
  const note = useRef<HTMLDivElement>(null);
  const isHere = done?.articleId === article.id && done.now === article.version;
  // The button that was pressed is gone.
  useEffect(() => {
    if (isHere) note.current?.focus({ preventScroll: true });
  }, [isHere, done?.now]);
  if (!done || !isHere) return null;
  const { version, now, before } = done;
  return (
    <div ref={note} class="history-restored" tabIndex={-1}>
      {now === before ? (
        <p>The article reads like version {version} already.</p>
      ) : (
        <>
          <p>
            Version {version} is back, as version {now}. The text before it is kept as version{' '}
            {before}.
          </p>
          <button type="button" class="button small" disabled={busy} onClick={() => act(before)}>
            Undo
          </button>
        </>
      )}
    </div>
  );
};

type ComparedProps = { content: HistoryContent; busy: boolean; act: Act | null };

const Compared = ({ content: { article, difference }, busy, act }: ComparedProps) => {
  const { from, to } = difference;
  const isNow = to.version === article.version;
  return (
    <section class="history-compared" aria-labelledby="compared">
      <h2 id="compared">
        {from
          ? `From version ${from.version} to ${to.version}`
          : `Version ${to.version}, the first`}
      </h2>
      <Facts to={to} words={from && countWords(difference)} />
      {!isNow && (
        <p class="history-acts">
          <a
            class="button outline small"
            href={historyPath(article.slug, { from: to.version, to: article.version })}
          >
            Compare with the current text
          </a>
          {act && (
            <button
              type="button"
              class="button small"
              disabled={busy}
              onClick={() => act(to.version)}
            >
              Restore this version
            </button>
          )}
        </p>
      )}
      <Difference difference={difference} />
    </section>
  );
};

type FactsProps = { to: Revision; words: { added: number; removed: number } | null };

const Facts = ({ to, words }: FactsProps) => (
  <p class="history-facts">
    <span>
      <a href={`/@${to.by.username}`}>{to.by.name}</a>, <Time at={to.at} />{' '}
      <Time at={to.at} format="clock" />
    </span>
    {words && (
      <span>
        {words.added} {words.added === 1 ? 'word' : 'words'} added, {words.removed} removed
      </span>
    )}
  </p>
);
