import { type Logger, pino } from 'pino';

export type { Logger };

/** The root logger. Bodies, cookies and tokens are never logged. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['req.headers.cookie', 'req.headers.authorization'],
  });

/** A child that says which part speaks. */
export const named = (log: Logger, part: string): Logger => log.child({ part });
