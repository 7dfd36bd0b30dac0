import { notificationsStoreSuite } from './store.suite.ts';

notificationsStoreSuite();
