import { createApp } from './app.ts';
import { ConfigError, loadConfig } from './config.ts';
import { openLog } from './log.ts';

/** A drain that has not ended by then is cut off. */
const DRAIN_MS = 25_000;

const readConfig = () => {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`Lyceum cannot start:\n${error.message}\n`);
    process.exit(1);
  }
};

const config = readConfig();
const log = await openLog(config.logLevel);

try {
  const app = await createApp(config, { log });
  log.info(
    `Lyceum is at ${config.origins[0]} (data in ${config.mongoUrl ? 'MongoDB' : config.dataDir})`,
  );
  const adminToken = await app.administratorToken();
  if (adminToken)
    log.info(
      `no administrator yet; to become it, sign in and open ${config.origins[0]}/settings#admin=${adminToken}`,
    );
  if (await app.isEmpty())
    log.info('no articles yet; `npm run seed` fills the site with a sample world');

  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'draining');
    setTimeout(() => process.exit(1), DRAIN_MS).unref();
    app.drain().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the drain failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
} catch (error) {
  const known = error instanceof Error ? error.message : String(error);
  log.fatal({ err: error }, `Lyceum cannot start: ${known}`);
  process.exit(1);
}
