import { MessageCircle, PenLine } from 'lucide';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import type { Article } from '../../../src/articles/contract.ts';
import { ensureSignedIn } from '../accounts/ask-sign-in.ts';
import { PersonCard, PersonLink } from '../accounts/person-link.tsx';
import { viewer } from '../accounts/state.ts';
import { DockButton } from '../dock/button.tsx';
import { followArticle } from '../dock/state.ts';
import { Load } from '../pages/load.tsx';
import type { ContentOf } from '../pages/state.ts';
import { Page } from '../shell/page.tsx';
import { Icon } from '../ui/icon.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { Tags } from './cards.tsx';
import { Contents } from './contents.tsx';
import { CourseBox, CourseLine, courseOf } from './course-line.tsx';
import { historyPath } from './history-path.ts';
import { Progress } from './progress.tsx';
import { Prose } from './prose.tsx';
import { ReactionRow } from './reaction-row.tsx';
import { ReadersNow } from './readers.tsx';
import { createResponses } from './responses.ts';
import { Responses } from './responses-view.tsx';
import { loadArticle, reactToArticle } from './state.ts';
import './article.css';

export const ArticleRoute = () => {
  const { params } = useRoute();
  const slug = params['slug'] ?? '';
  return (
    <Load<'article'> at={`/a/${slug}`} load={() => loadArticle(slug)}>
      {(content) => <ArticlePage key={content.article.id} {...content} />}
    </Load>
  );
};

/** From this many headings on, an article has a table of contents. */
const CONTENTS_FROM = 3;

const ArticlePage = ({ article, threads }: ContentOf<'article'>) => {
  const responses = useMemo(() => createResponses(article, threads), [article.id]);
  useEffect(() => responses.open(), [responses]);
  useEffect(() => followArticle(article), [article.id, article.title]);
  const course = courseOf(article);
  const contents = article.toc.length >= CONTENTS_FROM ? article.toc : null;
  const aside = (
    <>
      {contents && <Contents entries={contents} />}
      {course && <CourseBox course={course} />}
      <section>
        <h2>Written by</h2>
        <PersonCard person={article.author} />
      </section>
      <DockButton />
      <ReadersNow responses={responses} />
    </>
  );
  return (
    <Page title={article.title} class="article-page" aside={aside}>
      <Progress />
      <article class="article">
        <Head article={article} />
        {contents && (
          <details class="contents-inline">
            <summary>Contents</summary>
            <Contents entries={contents} />
          </details>
        )}
        <Prose html={article.html} />
        <footer class="article-foot">
          <Tags tags={article.tags} />
          <ArticleReactions article={article} />
          {course && <CourseBox course={course} />}
        </footer>
      </article>
      <Responses article={article} responses={responses} />
    </Page>
  );
};

const Head = ({ article }: { article: Article }) => (
  <header class="article-head">
    <PartOf article={article} />
    <h1>{article.title}</h1>
    <div class="article-by">
      <PersonLink person={article.author} size="m" />
      <p class="article-facts">
        {article.publishedAt ? <Time at={article.publishedAt} /> : <strong>Draft</strong>}
        <Updated article={article} />
        <span>{article.minutes} min read</span>
      </p>
      <p class="article-ways">
        {viewer.value?.id === article.author.id && (
          <a class="button quiet small" data-key="edit" href={`/write/${article.id}`}>
            <Icon of={PenLine} size={16} />
            Edit
          </a>
        )}
        <a class="button quiet small" href="#responses">
          <Icon of={MessageCircle} size={16} />
          {article.responses > 0 ? article.responses : 'Respond'}
          {article.responses > 0 && <span class="visually-hidden"> responses</span>}
        </a>
        <DockButton />
      </p>
    </div>
  </header>
);

const PartOf = ({ article }: { article: Article }) => {
  const course = courseOf(article);
  return course && <CourseLine course={course} />;
};

/** Leads to what changed. */
const Updated = ({ article: { slug, publishedAt, updatedAt } }: { article: Article }) => {
  if (!publishedAt || updatedAt <= publishedAt) return null;
  const isLater = Date.parse(updatedAt) - Date.parse(publishedAt) > DAY_MS;
  return (
    <a href={historyPath(slug)}>
      updated{isLater && ' '}
      {isLater && <Time at={updatedAt} />}
    </a>
  );
};

const ArticleReactions = ({ article }: { article: Article }) => {
  const [error, setError] = useState<string | null>(null);
  const given = Object.entries(article.reactions).map(([emoji, count]) => ({
    emoji,
    count,
    mine: article.reacted?.includes(emoji) ?? false,
  }));
  const toggle = async (emoji: string, on: boolean) => {
    if (await ensureSignedIn('react')) setError(await reactToArticle(article, emoji, on));
  };
  return (
    <div class="article-reactions">
      <ReactionRow given={given} toggle={(emoji, on) => void toggle(emoji, on)} />
      {error && <ErrorNote>{error}</ErrorNote>}
    </div>
  );
};

/** A change within a day of publishing needs no date of its own. */
const DAY_MS = 86_400_000;
