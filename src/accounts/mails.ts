import type { Mail } from '../platform/mail.ts';
import type { Account } from './store.ts';

export const proofMail = ({ name, email }: Account, link: string): Mail => ({
  to: email,
  subject: 'Confirm your address',
  text: `Hello ${name},

somebody (you, we hope) joined Lyceum with this address. To confirm it, open

${link}

The link works once, for 24 hours. If it was not you, ignore this mail.
`,
});

export const resetMail = ({ name, username, email }: Account, link: string): Mail => ({
  to: email,
  subject: 'Set a new password',
  text: `Hello ${name},

to set a new password for @${username} on Lyceum, open

${link}

The link works once, for one hour. If you did not ask for it, ignore this mail: nothing changes.
`,
});
