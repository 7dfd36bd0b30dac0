import { describeOnStores } from '../support/backends.ts';
import { peopleStoreSuite } from './store.suite.ts';
import { openPeopleStore } from './stores.ts';

describeOnStores('the people store', (name) => peopleStoreSuite(() => openPeopleStore(name)));
