import type { Page } from 'playwright-core';
import { axeFindings, shoot } from './browser.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const NARROWEST = { width: 320, height: 640 };
const LOOKS = [
  { name: 'light', colorScheme: 'light', size: WIDE },
  { name: 'dark', colorScheme: 'dark', size: WIDE },
  { name: 'dark-390', colorScheme: 'dark', size: PHONE },
  { name: 'light-390', colorScheme: 'light', size: PHONE },
] as const;

/** What a page shows when nothing is under way any more. */
const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.waitForFunction(
    () => !document.querySelector('.skeleton:not(.gallery-page *), .page-loading'),
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    // Two frames; a browser that draws nothing for a second has nothing to draw.
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
      requestAnimationFrame(() => requestAnimationFrame(resolve));
    });
  });
};

const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** What is wrong with what is shown now, in either theme, wide and on a phone; pictures of each. */
export const inEveryLook = async (page: Page, name: string): Promise<string[]> => {
  const wrong: string[] = [];
  for (const { name: look, colorScheme, size } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await settled(page);
    await shoot(page, `${name}-${look}`);
    const findings = await axeFindings(page);
    wrong.push(...findings.map((finding) => `${name} ${look}: ${finding}`));
  }
  await page.setViewportSize(NARROWEST);
  await settled(page);
  const over = await tooWide(page);
  if (over > 0) wrong.push(`${name}: ${over} px wider than a window of 320`);
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
  return wrong;
};
