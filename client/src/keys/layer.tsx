import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { deferred } from '../ui/deferred.tsx';
import { listen } from './listen.ts';
import { opened, toggle } from './state.ts';

const Palette = deferred(() => import('../palette/view.tsx').then((m) => m.Palette));
const Help = deferred(() => import('./help.tsx').then((m) => m.KeyHelp));

/** Hears the shortcuts, and draws what they open over the page. */
export const KeyLayer = () => {
  const { route } = useLocation();
  useEffect(
    () =>
      listen((act) => {
        if (act === 'palette' || act === 'help') return toggle(act);
        import('./perform.ts').then((m) => m.perform(act, route)).catch(reportError);
      }),
    [route],
  );
  return (
    <>
      {opened.value === 'palette' && <Palette />}
      {opened.value === 'help' && <Help />}
    </>
  );
};
