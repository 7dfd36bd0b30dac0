export type PresenceStore = {
  /** Remembers when each of them was here; an earlier time never replaces a later one. */
  saw(userIds: readonly string[], at: string): Promise<void>;
  /** When each was last here; nobody seen: no entry. */
  lastSeen(userIds: readonly string[]): Promise<Map<string, string>>;
};
