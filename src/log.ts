import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

/** The root logger: JSON lines, or `stream`. Bodies, cookies and tokens are never logged. */
export const createLog = (
  level: string,
  stream: DestinationStream = pino.destination({ sync: true }),
): Logger =>
  pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: ['req.headers.cookie', 'req.headers.authorization'],
    },
    stream,
  );

/** For a person at a terminal; anything else gets JSON. */
export const openLog = async (level: string): Promise<Logger> => {
  if (!process.stdout.isTTY) return createLog(level);
  const { PinoPretty } = await import('pino-pretty');
  return createLog(level, PinoPretty({ ignore: 'pid', translateTime: 'HH:MM:ss', sync: true }));
};

/** A child that says which part speaks. */
export const named = (log: Logger, part: string): Logger => log.child({ part });
