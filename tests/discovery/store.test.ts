import { describeOnStores } from '../support/backends.ts';
import { searchStoreSuite } from './store.suite.ts';
import { openSearchStore } from './stores.ts';

describeOnStores('the search store', (name) => searchStoreSuite(() => openSearchStore(name)));
