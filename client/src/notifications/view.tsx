/** The door of this folder for the frame of the site. */
export { Bell } from './bell.tsx';
export { NotificationsPage } from './page.tsx';
