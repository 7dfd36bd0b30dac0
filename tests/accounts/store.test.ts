import { secretsStoreSuite } from './secrets.suite.ts';
import { accountsStoreSuite } from './store.suite.ts';

accountsStoreSuite();
secretsStoreSuite();
