import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { deferred } from '../ui/deferred.tsx';
import { listen } from './listen.ts';
import type { perform as Perform } from './perform.ts';
import { opened, toggle } from './state.ts';

const Palette = deferred(() => import('../palette/view.tsx').then((m) => m.Palette));
const Help = deferred(() => import('./help.tsx').then((m) => m.KeyHelp));

/** Fetched with the first shortcut; from then on a key acts at once, in the order of the presses. */
let perform: typeof Perform | undefined;

/** Hears the shortcuts, and draws what they open over the page. */
export const KeyLayer = () => {
  const { route } = useLocation();
  useEffect(
    () =>
      listen((act) => {
        if (act === 'palette' || act === 'help') return toggle(act);
        if (perform) return perform(act, route);
        import('./perform.ts')
          .then((known) => {
            ({ perform } = known);
            perform(act, route);
          })
          .catch(reportError);
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
