/** A course: words about it, and its articles in order. */
export type CourseRecord = {
  id: string;
  slug: string;
  title: string;
  /** Markdown, and what was made of it when it was saved. */
  body: string;
  html: string;
  authorId: string;
  articleIds: string[];
  createdAt: string;
  updatedAt: string;
};
export type CourseHead = Omit<CourseRecord, 'body' | 'html'>;
/** Newest first, after this course. */
export type CoursePage = { after: { at: string; id: string } | null; limit: number };

export type CoursesStore = {
  /** False: the slug or the id is taken. Errors: conflict, when the id's course was deleted. */
  insert(course: CourseRecord): Promise<boolean>;
  /** An id wins over an equal slug. Deleted ones are never found. */
  find(idOrSlug: string): Promise<CourseRecord | null>;
  list(page: CoursePage): Promise<CourseHead[]>;
  /** The oldest course that this article is in. */
  firstWith(articleId: string): Promise<CourseHead | null>;
  /** False: not there. */
  change(
    id: string,
    words: { title: string; body: string; html: string },
    at: string,
  ): Promise<boolean>;
  /** Sets all its articles, in this order. False: not there. */
  order(id: string, articleIds: readonly string[], at: string): Promise<boolean>;
  /** Takes its words and its order away; the record with its slug stays. False: not there. */
  remove(id: string, at: string, by: string): Promise<boolean>;
};
