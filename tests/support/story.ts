import { afterEach, beforeEach } from 'vitest';

/**
 * For a `describe` whose tests are the chapters of one story: once a chapter failed, those after
 * it are skipped instead of failing for want of it.
 */
export const inChapters = (): void => {
  let failed = false;
  beforeEach(({ skip }) => {
    skip(failed, 'an earlier chapter failed');
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
};
