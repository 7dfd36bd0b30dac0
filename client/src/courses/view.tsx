import { PenLine } from 'lucide';
import { useRoute } from 'preact-iso';
import type { ArticleCard } from '../../../src/articles/contract.ts';
import { PersonLink } from '../accounts/person-link.tsx';
import { viewer } from '../accounts/state.ts';
import { Prose } from '../articles/prose.tsx';
import { Load } from '../pages/load.tsx';
import type { ContentOf } from '../pages/state.ts';
import { Page } from '../shell/page.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { loadCourse } from './state.ts';
import './course.css';

export const CourseRoute = () => {
  const { params } = useRoute();
  const slug = params['slug'] ?? '';
  return (
    <Load<'course'> at={`/c/${slug}`} load={() => loadCourse(slug)}>
      {(content) => <CoursePage {...content} />}
    </Load>
  );
};

const CoursePage = ({ course }: ContentOf<'course'>) => {
  const minutes = course.articles.reduce((sum, card) => sum + card.minutes, 0);
  return (
    <Page title={course.title} width="bare">
      <header class="course-head">
        <p class="course-kind">Course</p>
        <h1>{course.title}</h1>
        <div class="course-by">
          <PersonLink person={course.author} size="m" />
          <p class="article-facts">
            <span>
              {course.articles.length} {course.articles.length === 1 ? 'article' : 'articles'}
            </span>
            <span>{minutes} min in all</span>
            <span>
              updated <Time at={course.updatedAt} />
            </span>
          </p>
          {viewer.value?.id === course.author.id && (
            <a class="button quiet small" href={`/write/course/${course.id}`}>
              <Icon of={PenLine} size={16} />
              Edit
            </a>
          )}
        </div>
        {course.html && <Prose html={course.html} />}
      </header>
      {course.articles.length > 0 ? (
        <ol class="course-parts">
          {course.articles.map((card, index) => (
            <Part key={card.id} card={card} number={index + 1} />
          ))}
        </ol>
      ) : (
        <EmptyNote
          title="No articles in it yet"
          action={
            viewer.value?.id === course.author.id ? (
              <a class="button outline" href={`/write/course/${course.id}`}>
                Add articles
              </a>
            ) : (
              <a class="button outline" href={`/@${course.author.username}`}>
                See what {course.author.name} has written
              </a>
            )
          }
        >
          {course.author.name} has not put any article into this course so far.
        </EmptyNote>
      )}
    </Page>
  );
};

const Part = ({ card, number }: { card: ArticleCard; number: number }) => (
  <li>
    <span class="course-number" aria-hidden="true">
      {number}
    </span>
    <div>
      <h2>
        <a href={`/a/${card.slug}`}>{card.title}</a>
      </h2>
      <p>{card.excerpt}</p>
      <p class="card-facts">{card.minutes} min read</p>
    </div>
  </li>
);
