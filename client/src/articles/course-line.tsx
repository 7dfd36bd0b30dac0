import { ArrowLeft, ArrowRight } from 'lucide';
import type { Article, CoursePlace } from '../../../src/articles/contract.ts';
import { Icon } from '../ui/icon.tsx';
import { isHidden } from '../undo/state.ts';

/** The course that an article is a part of, unless it was just deleted. */
export const courseOf = ({ course }: Article): CoursePlace | null =>
  course && !isHidden(course.id) ? course : null;

/** Above the title: which course this is a part of, and where in it. */
export const CourseLine = ({ course }: { course: CoursePlace }) => (
  <p class="course-line">
    Part of the course <a href={`/c/${course.slug}`}>{course.title}</a>{' '}
    <span>
      ({course.position} of {course.count})
    </span>
  </p>
);

/** Below the text and in the context: the steps before and after this one. */
export const CourseBox = ({ course }: { course: CoursePlace }) => (
  <section class="course-box">
    <h2>
      Course, part {course.position} of {course.count}
    </h2>
    <a class="course-box-title" href={`/c/${course.slug}`}>
      {course.title}
    </a>
    {course.previous && (
      <a class="course-step" href={`/a/${course.previous.slug}`} rel="prev">
        <Icon of={ArrowLeft} size={16} />
        <span>
          <small>Previous</small>
          {course.previous.title}
        </span>
      </a>
    )}
    {course.next && (
      <a class="course-step" href={`/a/${course.next.slug}`} rel="next">
        <Icon of={ArrowRight} size={16} />
        <span>
          <small>Next</small>
          {course.next.title}
        </span>
      </a>
    )}
  </section>
);
