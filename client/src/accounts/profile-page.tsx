import { Rss } from 'lucide';
import { useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { ArticleList } from '../articles/cards.tsx';
import { growingList } from '../articles/state.ts';
import { NotFound } from '../pages/errors.tsx';
import { Load } from '../pages/load.tsx';
import type { ContentOf } from '../pages/state.ts';
import { Page } from '../shell/page.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { EmptyNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { PersonActions, PresenceDot } from './person-link.tsx';
import { loadProfile } from './profile-state.ts';
import { viewer } from './state.ts';
import './profile.css';

export const ProfileRoute = () => {
  const { params } = useRoute();
  const handle = params['handle'] ?? '';
  if (!handle.startsWith('@')) return <NotFound />;
  const username = handle.slice(1).toLowerCase();
  return (
    <Load<'profile'> at={`/@${username}`} load={() => loadProfile(username)}>
      {(content) => <ProfilePage key={content.profile.id} {...content} />}
    </Load>
  );
};

const ProfilePage = ({ profile, articles }: ContentOf<'profile'>) => {
  const list = useMemo(
    () => growingList(articles, { author: profile.username }),
    [articles, profile.username],
  );
  const mine = viewer.value?.id === profile.id;
  return (
    <Page title={profile.name} width="bare">
      <Head profile={profile} />
      <h2 class="profile-articles">Articles</h2>
      {list.items.value.length > 0 ? (
        <ArticleList list={list} byline={false} />
      ) : (
        <Nothing mine={mine} name={profile.name} />
      )}
    </Page>
  );
};

type HeadProps = Pick<ContentOf<'profile'>, 'profile'>;

const Head = ({ profile }: HeadProps) => {
  const me = viewer.value?.id === profile.id ? viewer.value : null;
  // What I just changed in my settings shows here without another load.
  const person = me ?? profile;
  return (
    <header class="profile-head">
      <Avatar person={person} size="xl" />
      <div class="profile-words">
        <h1>{person.name}</h1>
        <p class="person-handle">
          @{person.username}
          {viewer.value && !me && <Presence profile={profile} />}
        </p>
        {person.bio && <p class="profile-bio">{person.bio}</p>}
        <Facts profile={profile} />
        {me ? (
          <a class="button outline small" href="/settings">
            Edit profile
          </a>
        ) : (
          viewer.value && <PersonActions person={profile} />
        )}
      </div>
    </header>
  );
};

const Facts = ({ profile }: HeadProps) => (
  <p class="profile-facts">
    <span>
      Here since <Time at={profile.joinedAt} />
    </span>
    <span>
      {profile.articles} {profile.articles === 1 ? 'article' : 'articles'}
    </span>
    {profile.mutualFriends > 0 && (
      <span>
        {profile.mutualFriends} mutual {profile.mutualFriends === 1 ? 'friend' : 'friends'}
      </span>
    )}
    <a href={`/@${profile.username}/feed.xml`}>
      <Icon of={Rss} size={14} />
      Atom feed
    </a>
  </p>
);

const Presence = ({ profile }: HeadProps) => (
  <>
    <PresenceDot userId={profile.id} />
    {profile.presence.status === 'offline' && profile.presence.lastSeen && (
      <span>
        last seen <Time at={profile.presence.lastSeen} format="ago" />
      </span>
    )}
  </>
);

const Nothing = ({ mine, name }: { mine: boolean; name: string }) =>
  mine ? (
    <EmptyNote
      title="You have not published yet"
      action={
        <a class="button outline" href="/write">
          Write an article
        </a>
      }
    >
      Your published articles stand here, and in an Atom feed of your own.
    </EmptyNote>
  ) : (
    <EmptyNote
      title="No articles yet"
      action={
        <a class="button outline" href="/">
          Read what others write
        </a>
      }
    >
      {name} has not published anything so far.
    </EmptyNote>
  );
