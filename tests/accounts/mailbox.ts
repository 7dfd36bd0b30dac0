import { pino } from 'pino';
import type { Logger } from '../../src/log.ts';
import type { Mail } from '../../src/platform/mail.ts';

export type Mailbox = {
  /** The logger to start an app with: without SMTP its mails are written there. */
  log: Logger;
  /** The first mail to this address that was not taken yet, as soon as it is there. */
  next(to: string): Promise<Mail>;
  /** How many mails this address has had. */
  count(to: string): number;
};

/** Collects the mails of an app that has no SMTP server. */
export const createMailbox = (): Mailbox => {
  const all: Mail[] = [];
  const untaken: Mail[] = [];
  const waiting = new Set<() => void>();
  const write = (line: string) => {
    const { mail } = JSON.parse(line) as { mail?: Mail };
    if (!mail) return;
    all.push(mail);
    untaken.push(mail);
    for (const look of waiting) look();
  };
  const next = (to: string) =>
    new Promise<Mail>((resolve) => {
      const look = () => {
        const found = untaken.findIndex((mail) => mail.to === to);
        if (found < 0) return;
        waiting.delete(look);
        resolve(untaken.splice(found, 1)[0] as Mail);
      };
      waiting.add(look);
      look();
    });
  return {
    log: pino({ level: 'info' }, { write }),
    next,
    count: (to) => all.filter((mail) => mail.to === to).length,
  };
};

/** The token of the link in a mail. */
export const tokenIn = ({ text }: Mail): string => {
  const token = /\?token=([A-Za-z0-9_-]+)/.exec(text)?.[1];
  if (!token) throw new Error(`no link in this mail:\n${text}`);
  return token;
};
