import { accountsStoreSuite } from './store.suite.ts';

accountsStoreSuite();
