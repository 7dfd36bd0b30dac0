import type { Logger } from '../log.ts';

export type Mail = { to: string; subject: string; text: string };
export type Mailer = {
  /** Hands a mail over; resolves when the server has taken it. */
  send(mail: Mail): Promise<void>;
  close(): void;
};

/** SMTP when configured; otherwise the mail is written to the log, for developers. */
export const createMailer = async (
  smtpUrl: string | null,
  origin: string,
  log: Logger,
): Promise<Mailer> => {
  const from = `Lyceum <no-reply@${new URL(origin).hostname}>`;
  if (!smtpUrl) {
    return {
      send: async (mail) => log.info({ mail }, 'mail (no SMTP_URL: not sent)'),
      close: () => {},
    };
  }
  const { createTransport } = await import('nodemailer');
  const transport = createTransport(smtpUrl, { from });
  return {
    send: async (mail) => void (await transport.sendMail({ from, ...mail })),
    close: () => transport.close(),
  };
};
