import { useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { viewer } from '../accounts/state.ts';
import { ArticleList } from '../articles/cards.tsx';
import { growingList, loadHome } from '../articles/state.ts';
import { Load } from '../pages/load.tsx';
import type { ContentOf } from '../pages/state.ts';
import { Page } from '../shell/page.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { isHidden } from '../undo/state.ts';
import { NowSections, useFreshNow } from './now.tsx';
import './home.css';

type Feed = 'latest' | 'following';

/** The server sends the latest; what I follow is loaded by the browser. */
export const HomeRoute = () => {
  const { query } = useLocation();
  const feed: Feed = viewer.value && query['feed'] === 'following' ? 'following' : 'latest';
  return (
    <Load<'home'> at={feed === 'latest' ? '/' : '/?feed=following'} load={() => loadHome(feed)}>
      {(content) => <Home key={feed} content={content} feed={feed} />}
    </Load>
  );
};

const Home = ({ content, feed }: { content: ContentOf<'home'>; feed: Feed }) => {
  const list = useMemo(() => growingList(content.articles, { feed }), [content]);
  useFreshNow();
  return (
    <Page
      title={feed === 'following' ? 'Following' : 'Lyceum'}
      aside={<Around content={content} />}
    >
      {viewer.value ? (
        <Feeds feed={feed} />
      ) : (
        <>
          <Welcome />
          <div class="landing-now">
            <NowSections now={content.now} />
          </div>
        </>
      )}
      <TagLine tags={content.tags} />
      {list.items.value.length > 0 ? <ArticleList list={list} /> : <Nothing feed={feed} />}
      {viewer.value && <NowBelow now={content.now} />}
    </Page>
  );
};

const Feeds = ({ feed }: { feed: Feed }) => (
  <>
    <h1 class="visually-hidden">{feed === 'latest' ? 'Latest articles' : 'What you follow'}</h1>
    <nav class="tabs" aria-label="Articles">
      <a href="/" aria-current={feed === 'latest' ? 'page' : undefined}>
        Latest
      </a>
      <a href="/?feed=following" aria-current={feed === 'following' ? 'page' : undefined}>
        Following
      </a>
    </nav>
  </>
);

const Welcome = () => (
  <header class="welcome">
    <h1>Share what you know. Talk about it live.</h1>
    <p>
      Lyceum is a place for articles and the conversations they start. Responses appear as they are
      written, and from any of them it is one step to a chat with the person behind it.
    </p>
    <p class="welcome-ways">
      <a class="button" href="/join">
        Join Lyceum
      </a>
      <span>
        Reading needs no account. Already a member? <a href="/login">Log in</a>
      </span>
    </p>
  </header>
);

/** Where there is no rail, the tags stand above the list. */
const TagLine = ({ tags }: Pick<ContentOf<'home'>, 'tags'>) =>
  tags.length === 0 ? null : (
    <nav class="tag-line" aria-label="Tags">
      <ul>
        {tags.slice(0, 12).map(({ tag }) => (
          <li key={tag}>
            <a class="tag" href={`/t/${tag}`}>
              {tag}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );

const Nothing = ({ feed }: { feed: Feed }) =>
  feed === 'following' ? (
    <EmptyNote
      title="Nothing from what you follow yet"
      action={
        <a class="button outline" href="/">
          Find something to follow
        </a>
      }
    >
      Articles of your friends and of the tags you follow come together here. You follow a tag on
      its page.
    </EmptyNote>
  ) : (
    <EmptyNote
      title="No articles yet"
      action={
        <a class="button outline" href={viewer.value ? '/write' : '/join'}>
          Write the first one
        </a>
      }
    >
      The latest articles of everybody stand here.
    </EmptyNote>
  );

/** Where there is no column beside the list. */
const NowBelow = ({ now }: Pick<ContentOf<'home'>, 'now'>) => (
  <div class="landing-now now-below">
    <NowSections now={now} />
  </div>
);

const Around = ({ content }: { content: ContentOf<'home'> }) => (
  <>
    {viewer.value && <NowSections now={content.now} />}
    <Courses courses={content.courses.filter(({ id }) => !isHidden(id)).slice(0, COURSES)} />
    <section class="around-foot">
      <a href="/feed.xml">Atom feed</a>
      <a href="/api/openapi.json">API</a>
    </section>
  </>
);

const COURSES = 5;
const Courses = ({ courses }: Pick<ContentOf<'home'>, 'courses'>) => (
  <>
    {courses.length > 0 && (
      <section>
        <h2>Courses</h2>
        <ul class="around-courses">
          {courses.map((course) => (
            <li key={course.id}>
              <a href={`/c/${course.slug}`}>{course.title}</a>
              <span>
                {course.count} {course.count === 1 ? 'article' : 'articles'} by {course.author.name}
              </span>
            </li>
          ))}
        </ul>
      </section>
    )}
  </>
);
