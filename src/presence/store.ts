/** Who was here, and when (ISO 8601). */
export type Seen = { userId: string; at: string };
export type PresenceStore = {
  /** Remembers when each of them was here; an earlier time never replaces a later one. */
  saw(seen: readonly Seen[]): Promise<void>;
  /** When each was last here; nobody seen: no entry. */
  lastSeen(userIds: readonly string[]): Promise<Map<string, string>>;
};
