import { describeOnStores } from '../support/backends.ts';
import { roomsStoreSuite } from './store.suite.ts';
import { openRoomsPlace } from './stores.ts';

describeOnStores('the rooms store', (name) => roomsStoreSuite(() => openRoomsPlace(name)));
