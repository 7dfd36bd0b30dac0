/** Who asks: a person by one of their sessions or personal tokens. */
export type Actor = Readonly<{
  userId: string;
  username: string;
  roles: readonly string[];
  /** New accounts have narrower limits on reach. */
  joinedAt: string;
  via: Readonly<{ kind: 'session' | 'token'; id: string }>;
}>;
