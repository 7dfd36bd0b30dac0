import { describeOnStores } from '../support/backends.ts';
import { presenceStoreSuite } from './store.suite.ts';
import { openPresenceStore } from './stores.ts';

describeOnStores('the presence store', (name) => presenceStoreSuite(() => openPresenceStore(name)));
