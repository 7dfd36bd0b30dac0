import { describeOnStores } from '../support/backends.ts';
import { saidSuite } from './said.suite.ts';
import { searchStoreSuite } from './store.suite.ts';
import { openSearchStore } from './stores.ts';

describeOnStores('the search store', (name) => searchStoreSuite(() => openSearchStore(name)));
describeOnStores('what was said', (name) => saidSuite(() => openSearchStore(name)));
