import { viewer } from '../accounts/state.ts';
import { find, forget, keep } from '../net/store.ts';

/** What one types of a course. */
export type Words = { title: string; body: string; articleIds: string[] };
/** The same, not on the server yet, kept in this browser; with the id it would be created under. */
export type Kept = Words & { clientId: string };

export const isSame = (a: Words, b: Words): boolean =>
  a.title === b.title && a.body === b.body && a.articleIds.join() === b.articleIds.join();

/**
 * Where the words of one course, or of a new one, are kept. Without a place to keep them in (a private
 * window) writing works all the same.
 */
export function createKept(courseId: string | null) {
  const key = `course:${viewer.peek()?.id ?? ''}:${courseId ?? 'new'}`;
  const unable = () => undefined;
  return {
    find: (): Promise<Kept | undefined> => find<Kept>('journal', key).catch(unable),
    keep: (kept: Kept): void => void keep('journal', key, kept).catch(unable),
    forget: (): void => void forget('journal', key).catch(unable),
  };
}
