import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { deferred } from '../ui/deferred.tsx';
import { dock, isReadingPage, restoreDock } from './state.ts';

const ChatDock = deferred(() => import('./view.tsx').then((m) => m.ChatDock));

/** Over all pages where one reads, so that it stays when the page changes. */
export const DockLayer = () => {
  const { path } = useLocation();
  useEffect(restoreDock, []);
  return dock.value.open && isReadingPage(path) ? <ChatDock path={path} /> : null;
};
