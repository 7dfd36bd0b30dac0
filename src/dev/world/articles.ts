import { mapsArticles } from './articles/maps.ts';
import { outdoorsArticles } from './articles/outdoors.ts';
import { promisesArticles } from './articles/promises.ts';
import { pythonArticles } from './articles/python.ts';
import { queriesArticles } from './articles/queries.ts';
import { requestsArticles } from './articles/requests.ts';
import { routingArticles } from './articles/routing.ts';
import { sensesArticles } from './articles/senses.ts';
import type { WorldArticle } from './types.ts';

/** Newest first is by `daysAgo`, not by this order. */
export const articles: readonly WorldArticle[] = [
  ...requestsArticles,
  ...routingArticles,
  ...queriesArticles,
  ...pythonArticles,
  ...promisesArticles,
  ...outdoorsArticles,
  ...sensesArticles,
  ...mapsArticles,
];

/** Emojis given to articles themselves: key -> emoji -> who gave it. */
export const articleReactions: Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
> = {
  'django-request': { '👏': ['jonas', 'leila', 'nora', 'samir', 'wei'], '💡': ['nora', 'pavel'] },
  'middleware-onion': { '🧅': ['jonas', 'wei'], '👏': ['samir'] },
  'orm-lazy': { '💡': ['leila', 'nora', 'samir'] },
  generators: { '👏': ['mira', 'wei'] },
  'index-scan': { '💡': ['mira', 'jonas', 'nora', 'samir'] },
  'commit-promise': { '🔌': ['wei', 'jonas'], '👏': ['mira'] },
  'line-length': { '👏': ['mira', 'pavel', 'yuki'] },
  compost: { '🌱': ['amara', 'nora', 'idris'] },
  'jupiter-moons': { '🔭': ['greta', 'pavel', 'yuki', 'nora'] },
  browning: { '🍞': ['greta', 'nora', 'tomas', 'yuki'] },
  'twelve-notes': { '🎹': ['idris', 'amara'], '💡': ['pavel', 'leila'] },
  'maps-lie': { '🗺️': ['idris', 'tomas', 'wei'] },
};
