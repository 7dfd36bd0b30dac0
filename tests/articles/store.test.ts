import { revisionsSuite } from './revisions.suite.ts';
import { articlesStoreSuite } from './store.suite.ts';

articlesStoreSuite();
revisionsSuite();
