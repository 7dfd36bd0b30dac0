import { z } from 'zod';
import { Id, Time, Username } from '../wire/contract.ts';

export const Person = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  bio: z.string(),
  avatar: z.string().nullable(),
  joinedAt: Time,
});
export type Person = z.infer<typeof Person>;

export const Audience = z.enum(['everyone', 'friends', 'nobody']);
export type Audience = z.infer<typeof Audience>;

export const Role = z.enum(['admin']);
export type Role = z.infer<typeof Role>;

/** Every choice a person has made; all of them have a default. */
export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Who sees whether I am online. */
  presence: Audience.default('everyone'),
  /** `auto` follows leases and idleness; the others stay until changed. */
  status: z.enum(['auto', 'busy', 'invisible']).default('auto'),
  /** Who may open a direct chat with me. */
  messagesFrom: Audience.default('everyone'),
  /** Listed under "people online now" and in suggestions. */
  discoverable: z.boolean().default(true),
  /** Single-letter shortcuts. */
  shortcuts: z.boolean().default(true),
  /** Pop-up messages for notifications. */
  toasts: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;

export const Me = Person.extend({
  email: z.string(),
  emailVerified: z.boolean(),
  roles: z.array(Role),
  settings: Settings,
});
export type Me = z.infer<typeof Me>;

const Name = z.string().trim().min(1).max(60);
/** Length in code points after NFKC; 10 is above the ASVS floor of 8. */
const Password = z
  .string()
  .max(1024)
  .refine((value) => [...value.normalize('NFKC')].length >= 10, 'needs 10 characters or more')
  .refine((value) => [...value.normalize('NFKC')].length <= 256, 'has more than 256 characters');

/** Words that stand where a username would: /api/people/online. */
const RESERVED = ['online', 'suggestions'];

export const SignUp = z.strictObject({
  username: Username.refine((name) => !RESERVED.includes(name), 'is reserved'),
  name: Name.optional(),
  email: z.email().max(254),
  password: Password,
});
export type SignUp = z.infer<typeof SignUp>;

export const LogIn = z.strictObject({
  login: z.string().min(1).max(254),
  password: z.string().min(1).max(1024),
});
export type LogIn = z.infer<typeof LogIn>;

export const Session = z.object({
  id: Id,
  ip: z.string(),
  agent: z.string(),
  createdAt: Time,
  lastUsedAt: Time,
  current: z.boolean(),
});
export type Session = z.infer<typeof Session>;

export const NewToken = z.strictObject({ name: z.string().trim().min(1).max(60) });
export const Token = z.object({
  id: Id,
  name: z.string(),
  createdAt: Time,
  lastUsedAt: Time.nullable(),
});
export type Token = z.infer<typeof Token>;
/** `token` is shown this once; only its hash is kept. */
export const CreatedToken = Token.extend({ token: z.string() });

export const MeChange = z.strictObject({
  name: Name.optional(),
  bio: z.string().max(300).optional(),
  settings: z
    .strictObject({
      theme: Settings.shape.theme.unwrap().optional(),
      presence: Audience.optional(),
      status: Settings.shape.status.unwrap().optional(),
      messagesFrom: Audience.optional(),
      discoverable: z.boolean().optional(),
      shortcuts: z.boolean().optional(),
      toasts: z.boolean().optional(),
    })
    .optional(),
});
export type MeChange = z.infer<typeof MeChange>;

/** A new password; the old one is asked for again. */
export const PasswordChange = z.strictObject({
  current: z.string().min(1).max(1024),
  next: Password,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/** The token of a mailed link: `{origin}/verify?token=` or `{origin}/reset?token=`. */
export const MailedToken = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'not one of our tokens');
export const EmailVerification = z.strictObject({ token: MailedToken });
export const PasswordResetRequest = z.strictObject({ email: z.email().max(254) });
export const PasswordReset = z.strictObject({ password: Password });
/** The same words whether or not there is such an account. */
export const MailPromise = z.object({ detail: z.string() });

/** The one-time token of the console makes its holder the first administrator. */
export const AdminClaim = z.strictObject({ token: z.string().min(16).max(64) });

export const sessionTells = {
  'session:closed': z.object({
    reason: z.enum(['revoked', 'banned', 'logout', 'slow', 'drain']),
    comeBackInMs: z.int().optional(),
  }),
};
