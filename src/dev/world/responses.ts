import { kitchenAndGardenResponses } from './responses/kitchen-and-garden.ts';
import { screenAndSkyResponses } from './responses/screen-and-sky.ts';
import { webAndDataResponses } from './responses/web-and-data.ts';
import type { WorldResponse } from './types.ts';

/** Under each article, in the order in which they were given: key of the article -> responses. */
export const responses: Readonly<Record<string, readonly WorldResponse[]>> = {
  ...webAndDataResponses,
  ...kitchenAndGardenResponses,
  ...screenAndSkyResponses,
};
