import { readFileSync } from 'node:fs';
import { z } from 'zod';

const whole = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .default(fallback);

const origins = z
  .string()
  .transform((value) => value.split(',').map((part) => part.trim()))
  .pipe(
    z
      .array(
        z.url({ protocol: /^https?$/ }).refine((url) => new URL(url).pathname === '/', {
          message: 'must be an origin, as https://example.org',
        }),
      )
      .min(1),
  )
  .transform((urls) => urls.map((url) => new URL(url).origin));

const Environment = z.object({
  PORT: whole(3000, 0, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  ORIGIN: origins.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  MONGO_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis://')
    .optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-z0-9:_-]{1,40}$/)
    .default('lyceum:'),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must begin with smtp://')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** How many proxies stand in front, or the addresses of those that may speak for a client. */
  TRUST_PROXY: z.string().min(1).optional(),
  RATE_SCALE: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a number')
    .transform(Number)
    .pipe(z.number().positive().max(1_000_000))
    .default(1),
  SESSION_DAYS: whole(30, 1, 365),
  /** Pages for those who build the site: the gallery of its pieces. */
  DEV_PAGES: z.enum(['true', 'false']).default('false'),
  /** A fault that a test plants, as `kill-before-ack:20`. */
  FAULT: z
    .string()
    .regex(/^(kill-before-publish|kill-before-ack|no-wait|no-dedupe)(:\d+)?$/, 'is not known')
    .optional(),
});

/** `passes`: how often the place is passed before the process ends there. */
export type Fault = {
  name: 'kill-before-publish' | 'kill-before-ack' | 'no-wait' | 'no-dedupe';
  passes: number;
};

export type Config = Readonly<{
  port: number;
  host: string;
  /** Public URLs; the first makes links. */
  origins: readonly string[];
  secure: boolean;
  dataDir: string;
  mongoUrl: string | null;
  redisUrl: string | null;
  redisPrefix: string;
  smtpUrl: string | null;
  logLevel: string;
  trustProxy: number | string | false;
  rateScale: number;
  sessionDays: number;
  version: string;
  /** Whether the pages for developers are there. */
  devPages: boolean;
  /** Planted by a test; never on a public site. */
  fault: Fault | null;
}>;

/** Thrown with one clear line per wrong variable. */
export class ConfigError extends Error {}

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url).pathname.replace('/dist/', '/'), 'utf8'),
) as { version: string };

const proxyHops = (value: string | undefined) =>
  value === undefined ? false : /^\d+$/.test(value) ? Number(value) : value;

const faultOf = (text: string | undefined, secure: boolean): Fault | null => {
  if (!text) return null;
  if (secure) throw new ConfigError('FAULT: is for tests, never for a public site');
  const [name, passes] = text.split(':');
  return { name: name as Fault['name'], passes: Number(passes ?? 1) };
};

/** Reads the environment; nothing else in the program does. */
export const loadConfig = (env: Record<string, string | undefined> = process.env): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      (issue) => `${issue.path[0]?.toString()}: ${issue.message}`,
    );
    throw new ConfigError(lines.join('\n'));
  }
  const read = parsed.data;
  // Without a public URL the site is for this machine, under either of its names.
  const publicUrls = read.ORIGIN ?? [
    `http://localhost:${read.PORT}`,
    `http://127.0.0.1:${read.PORT}`,
  ];
  const secure = publicUrls[0]?.startsWith('https:') ?? false;
  return Object.freeze({
    port: read.PORT,
    host: read.HOST,
    origins: publicUrls,
    secure,
    dataDir: read.DATA_DIR,
    mongoUrl: read.MONGO_URL ?? null,
    redisUrl: read.REDIS_URL ?? null,
    redisPrefix: read.REDIS_PREFIX,
    smtpUrl: read.SMTP_URL ?? null,
    logLevel: read.LOG_LEVEL,
    trustProxy: proxyHops(read.TRUST_PROXY),
    rateScale: read.RATE_SCALE,
    sessionDays: read.SESSION_DAYS,
    version,
    devPages: read.DEV_PAGES === 'true',
    fault: faultOf(read.FAULT, secure),
  });
};
