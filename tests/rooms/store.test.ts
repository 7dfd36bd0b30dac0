import { describeOnStores } from '../support/backends.ts';
import { logSuite } from './log.suite.ts';
import { membersSuite } from './members.suite.ts';
import { openRoomsPlace } from './stores.ts';

describeOnStores('the log of a room', (name) => logSuite(() => openRoomsPlace(name)));
describeOnStores('rooms and members', (name) => membersSuite(() => openRoomsPlace(name)));
