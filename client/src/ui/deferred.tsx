import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ErrorNote } from './notes.tsx';

type Options = { placeholder?: ComponentChildren };

/**
 * A component whose script is fetched when it is first shown. On the server and until then its
 * placeholder stands there, so give it the same size where it matters; after `preload` it is there
 * at once.
 */
export function deferred<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { placeholder = null }: Options = {},
) {
  let known: ComponentType<P> | undefined;
  let loading: Promise<void> | undefined;
  const preload = (): Promise<void> => {
    loading ??= load().then(
      (component) => {
        known = component;
      },
      (error: unknown) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };

  const Deferred = (props: P) => {
    const [state, setState] = useState<'waiting' | 'shown' | 'failed'>(known ? 'shown' : 'waiting');
    useEffect(() => {
      if (known) return;
      preload().then(
        () => setState('shown'),
        () => setState('failed'),
      );
    }, []);
    if (state === 'failed') {
      return (
        <ErrorNote>This part of the site did not load. Reload the page to try again.</ErrorNote>
      );
    }
    const Known = state === 'shown' ? known : undefined;
    return Known ? <Known {...props} /> : <>{placeholder}</>;
  };
  return Object.assign(Deferred, { preload });
}
