import { Check, Plus, Rss } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { ensureSignedIn } from '../accounts/ask-sign-in.ts';
import { Load } from '../pages/load.tsx';
import type { ContentOf } from '../pages/state.ts';
import { Page } from '../shell/page.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { ArticleList } from './cards.tsx';
import { followTag, growingList, loadTag } from './state.ts';
import './tag.css';

export const TagRoute = () => {
  const { params } = useRoute();
  const tag = params['tag'] ?? '';
  return (
    <Load<'tag'> at={`/t/${tag}`} load={() => loadTag(tag)}>
      {(content) => <TagPage key={tag} {...content} />}
    </Load>
  );
};

const TagPage = ({ tag, articles }: ContentOf<'tag'>) => {
  const list = useMemo(() => growingList(articles, { tag: tag.tag }), [articles]);
  return (
    <Page title={`#${tag.tag}`} width="bare">
      <header class="tag-head">
        <h1 class="page-title">
          <span>#</span>
          {tag.tag}
        </h1>
        <Follow tag={tag} />
        <p>
          {tag.articles} {tag.articles === 1 ? 'article' : 'articles'}
          <a href={`/t/${tag.tag}/feed.xml`}>
            <Icon of={Rss} size={14} />
            Atom feed
          </a>
        </p>
      </header>
      {list.items.value.length > 0 ? (
        <ArticleList list={list} />
      ) : (
        <EmptyNote
          title={`Nothing about ${tag.tag} yet`}
          action={
            <a class="button outline" href="/write">
              Write about it
            </a>
          }
        >
          Articles with this tag stand here.
        </EmptyNote>
      )}
    </Page>
  );
};

const Follow = ({ tag }: Pick<ContentOf<'tag'>, 'tag'>) => {
  const [error, setError] = useState<string | null>(null);
  const toggle = async () => {
    if (await ensureSignedIn(`follow #${tag.tag}`)) {
      setError(await followTag(tag.tag, !tag.following));
    }
  };
  return (
    <>
      <button
        type="button"
        class={tag.following ? 'button outline small' : 'button small'}
        aria-pressed={tag.following}
        onClick={() => void toggle()}
      >
        <Icon of={tag.following ? Check : Plus} size={16} />
        {tag.following ? 'Following' : 'Follow'}
      </button>
      {error && <ErrorNote>{error}</ErrorNote>}
    </>
  );
};
