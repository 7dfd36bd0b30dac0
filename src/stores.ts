import type { AccountsStore } from './accounts/store.ts';
import type { ArticlesStore } from './articles/store.ts';
import type { CoursesStore } from './courses/store.ts';
import type { SearchStore } from './discovery/store.ts';
import type { NotificationsStore } from './notifications/store.ts';
import type { PeopleStore } from './people/store.ts';
import type { PresenceStore } from './presence/store.ts';
import type { RoomsStore } from './rooms/store.ts';

export type Stores = {
  kind: 'sqlite' | 'mongodb';
  /** Made with the store: clients never mix two. */
  epoch: string;
  accounts: AccountsStore;
  people: PeopleStore;
  presence: PresenceStore;
  rooms: RoomsStore;
  articles: ArticlesStore;
  courses: CoursesStore;
  discovery: SearchStore;
  notifications: NotificationsStore;
  /** Rejects when the store does not answer. */
  check(): Promise<void>;
  close(): Promise<void>;
};
