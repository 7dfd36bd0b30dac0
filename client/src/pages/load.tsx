import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Page } from '../shell/page.tsx';
import { ErrorPage } from './errors.tsx';
import { type ContentOf, contentOf, type PageName } from './state.ts';

type Props<P extends PageName> = {
  /** What the content is kept by. */
  at: string;
  load: () => Promise<ContentOf<P>>;
  children: (content: ContentOf<P>) => ComponentChildren;
};

/** Shows a page when its content is here: at once when the server or an earlier visit brought it. */
export function Load<P extends PageName>({ at, load, children }: Props<P>) {
  const content = useMemo(() => contentOf<P>(at, load), [at]).value;
  if (content.state === 'ready') return <>{children(content.content)}</>;
  if (content.state === 'failed') {
    return <ErrorPage status={content.status} />;
  }
  return (
    <Page title="">
      <div class="page-loading" role="status">
        <span class="visually-hidden">Loading</span>
        <span class="skeleton" />
        <span class="skeleton" />
        <span class="skeleton" />
      </div>
    </Page>
  );
}
