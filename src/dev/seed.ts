import { loadConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { openStores } from '../open-stores.ts';
import type { Clock } from '../platform/clock.ts';
import { newSecret } from '../platform/ids.ts';
import { createLive } from '../platform/live.ts';
import { createMailer } from '../platform/mail.ts';
import { openShared } from '../platform/open-shared.ts';
import { createServices } from '../services.ts';
import { fill } from './fill.ts';
import { world } from './world/world.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** A clock that is set by hand, so that the sample world has a past. */
const handClock = () => {
  let now = Date.now();
  const clock: Clock = { now: () => now, iso: () => new Date(now).toISOString() };
  return { clock, set: (to: number) => void (now = to) };
};

/** Fills an empty store with the sample world, through the same services as everybody uses. */
const seed = async (): Promise<boolean> => {
  const config = loadConfig();
  const log = createLog('warn');
  const { clock, set } = handClock();
  const shared = await openShared(config, clock, log);
  const stores = await openStores(config);
  const live = createLive(shared.bus);
  const mailer = await createMailer(null, config.origins[0] ?? '', log);
  const services = createServices({ config, stores, shared, live, mailer, clock, log });
  try {
    const known = await services.articles.list(null, { limit: 1 });
    if (known.items.length > 0) {
      say('This site has articles already; the sample world is for an empty one.');
      return false;
    }
    const password = newSecret();
    const filled = await fill(services, world, { password, set, now: Date.now() });
    say(
      `${filled.people} people, ${filled.articles} articles, ${filled.responses} responses, ${filled.messages} messages in ${filled.rooms} rooms.`,
    );
    say(`Sign in as ${world.people[0]?.username} (or any of them) with the password ${password}`);
    return true;
  } finally {
    await services.close();
    live.close();
    mailer.close();
    await shared.close();
    await stores.close();
  }
};

process.exitCode = (await seed()) ? 0 : 1;
