/** Who asks: a person by one of their sessions or personal tokens. */
export type Actor = Readonly<{
  userId: string;
  username: string;
  roles: readonly string[];
  /** Milliseconds since 1970. */
  joinedMs: number;
  via: Readonly<{ kind: 'session' | 'token'; id: string }>;
}>;

const NEWCOMER_MS = 72 * 3_600_000;

/** Whether the account is younger than 72 h: such have narrower limits on reach. */
export const isNewcomer = ({ joinedMs }: Actor, now: number): boolean =>
  now - joinedMs < NEWCOMER_MS;
