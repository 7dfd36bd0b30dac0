/** Where a scrolled list stands: its position, the height of what it holds, and of its frame. */
export type Measure = { top: number; height: number; frame: number };

/** Nearer to the end than this counts as being there. */
const END_PX = 48;
/** Positions are rounded to whole pixels. */
const ROUNDING_PX = 2;

/** The reader moved up; a shorter content or a higher frame moves the position too. */
export const movedUp = (before: Measure, now: Measure): boolean =>
  now.top < before.top - 1 && now.height >= before.height && now.frame <= before.frame;

/** Whether a list that was scrolled stands at its end. */
export const isAtEnd = (before: Measure, now: Measure): boolean => {
  const below = now.height - now.top - now.frame;
  return below < ROUNDING_PX || (below < END_PX && !movedUp(before, now));
};

/**
 * Whether the reader went to the end of what there was before it grew: the browser tells of a
 * scroll a frame later, and what arrives meanwhile must be followed already.
 */
export const cameToEnd = (before: Measure, now: Measure): boolean =>
  now.top > before.top + 1 && now.top + now.frame >= before.height - ROUNDING_PX;
