import { articlesStoreSuite } from './store.suite.ts';

articlesStoreSuite();
