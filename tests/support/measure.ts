import type { Page } from 'playwright-core';

type Shift = { value: number; at: number; what: string };
type Measures = {
  shifts: Shift[];
  /** When the largest thing was painted, ms since the navigation. */
  largest: number;
  /** When what a test waits for was painted, ms since 1970, by its name. */
  painted: Record<string, number>;
  /** The last press of a key or button, ms since 1970. */
  pressed: number;
};
type Measured = Window & { measures: Measures };

/** Runs in the page before its own scripts: the browser's own record of what moves and is painted. */
const observe = (watched: Record<string, string>): void => {
  const measures: Measures = { shifts: [], largest: 0, painted: {}, pressed: 0 };
  (globalThis as unknown as Measured).measures = measures;
  const take = (type: string, fn: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(fn)).observe({
      type,
      buffered: true,
    });
  take('layout-shift', (entry) => {
    const { value, startTime, sources } = entry as unknown as {
      value: number;
      startTime: number;
      sources: { node: Element | null }[];
    };
    const what = sources.map(({ node }) => node?.className || node?.nodeName || '?').join(' ');
    measures.shifts.push({ value, at: startTime, what });
  });
  take('largest-contentful-paint', ({ startTime }) => {
    measures.largest = startTime;
  });
  take('element', (entry) => {
    const { identifier, renderTime } = entry as unknown as {
      identifier: string;
      renderTime: number;
    };
    measures.painted[identifier] ??= performance.timeOrigin + renderTime;
  });
  // Marked before it is painted, so that its first paint is timed.
  new MutationObserver(() => {
    for (const [name, selector] of Object.entries(watched)) {
      document
        .querySelector(`${selector}:not([elementtiming])`)
        ?.setAttribute('elementtiming', name);
    }
  }).observe(document, { childList: true, subtree: true });
  addEventListener(
    'click',
    ({ timeStamp }) => {
      measures.pressed = performance.timeOrigin + timeStamp;
    },
    true,
  );
};

/** Call before the page is opened. `watched`: names and selectors of what is timed when painted. */
export const measure = async (page: Page, watched: Record<string, string> = {}): Promise<void> => {
  await page.addInitScript(observe, watched);
};

export const measuresOf = (page: Page): Promise<Measures> =>
  page.evaluate(async () => {
    // What was drawn last is in the record after two frames.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return (globalThis as unknown as Measured).measures;
  });
