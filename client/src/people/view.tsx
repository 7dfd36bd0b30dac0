/** The door of this folder for the frame of the site. */
export { PresenceDot } from '../presence/view.tsx';
export { PersonActions } from './actions.tsx';
export { PeoplePage } from './page.tsx';
