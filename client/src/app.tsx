// First: it sets the order of the layers.
import './styles/index.css';
import type { ComponentType } from 'preact';
import { Route, Router, useLocation } from 'preact-iso';
import { DockLayer } from './dock/layer.tsx';
import { KeyLayer } from './keys/layer.tsx';
import { depart } from './shell/arrival.ts';
import { BottomBar, TopBar } from './shell/bar.tsx';
import { ConnectionNote } from './shell/connection-note.tsx';
import { Page } from './shell/page.tsx';
import { Rail } from './shell/rail.tsx';
import './shell/shell.css';
// After what it changes on a phone.
import './shell/bar.css';
import './pages/pages.css';
// Its page is drawn by the server too, and must not wait for its script to look like itself.
import './articles/history.css';
import type { PageContent } from '../../src/pages/contract.ts';
import { asking } from './accounts/ask-sign-in.ts';
import { ProfileRoute } from './accounts/profile-page.tsx';
import { viewer } from './accounts/state.ts';
import { ArticleRoute } from './articles/article-page.tsx';
import { TagRoute } from './articles/tag-page.tsx';
import { CourseRoute } from './courses/view.tsx';
import { HomeRoute } from './home/view.tsx';
import { ErrorPage, NotFound } from './pages/errors.tsx';
import { serverError } from './pages/state.ts';
import { deferred } from './ui/deferred.tsx';
import { UndoToasts } from './undo/toasts.tsx';

const Waiting = () => (
  <Page title="" width="bare">
    <span class="visually-hidden" role="status">
      Loading
    </span>
  </Page>
);
const placeholder = <Waiting />;

/** Pages that are drawn in the browser alone, each with a script of its own. */
const lazy = {
  Chat: deferred(() => import('./rooms/view.tsx').then((m) => m.ChatPage), { placeholder }),
  People: deferred(() => import('./people/view.tsx').then((m) => m.PeoplePage), { placeholder }),
  Notifications: deferred(
    () => import('./notifications/view.tsx').then((m) => m.NotificationsPage),
    { placeholder },
  ),
  History: deferred(() => import('./articles/history-page.tsx').then((m) => m.HistoryRoute), {
    placeholder,
  }),
  Write: deferred(() => import('./articles/write-page.tsx').then((m) => m.WritePage), {
    placeholder,
  }),
  CourseEdit: deferred(() => import('./courses/edit-page.tsx').then((m) => m.CourseEditPage), {
    placeholder,
  }),
  Search: deferred(() => import('./search/page.tsx').then((m) => m.SearchPage), { placeholder }),
  Settings: deferred(() => import('./accounts/settings-page.tsx').then((m) => m.SettingsPage), {
    placeholder,
  }),
  LogIn: deferred(() => import('./accounts/sign-in-page.tsx').then((m) => m.LogInPage), {
    placeholder,
  }),
  Forgot: deferred(() => import('./accounts/recovery-page.tsx').then((m) => m.ForgotPage), {
    placeholder,
  }),
  Reset: deferred(() => import('./accounts/recovery-page.tsx').then((m) => m.ResetPage), {
    placeholder,
  }),
  Verify: deferred(() => import('./accounts/recovery-page.tsx').then((m) => m.VerifyPage), {
    placeholder,
  }),
  Gallery: deferred(() => import('./gallery/gallery.tsx').then((m) => m.GalleryPage), {
    placeholder,
  }),
  Join: deferred(() => import('./accounts/sign-in-page.tsx').then((m) => m.JoinPage), {
    placeholder,
  }),
};

/** What must be there to draw this page as the server does. */
export const preloadFor = async (page: PageContent['page']): Promise<void> => {
  if (page === 'history') await lazy.History.preload();
};

/** Visitors are told that they need to log in, and come back here when they did. */
const forMembers =
  <P extends object>(Of: ComponentType<P>) =>
  (props: P) =>
    viewer.value ? <Of {...props} /> : <ErrorPage status={401} />;

const members = {
  People: forMembers(lazy.People),
  Notifications: forMembers(lazy.Notifications),
  Write: forMembers(lazy.Write),
  CourseEdit: forMembers(lazy.CourseEdit),
  Settings: forMembers(lazy.Settings),
};

const SignInDialog = deferred(() =>
  import('./accounts/sign-in-dialog.tsx').then((m) => m.SignInDialog),
);

/** Comes after the page itself: until then a name is the link that it says. */
const PersonCardLayer = deferred(() =>
  import('./people/card-layer.tsx').then((m) => m.PersonCardLayer),
);

const Pages = () => {
  const { path } = useLocation();
  const failed = serverError.value;
  return failed?.path === path ? <ErrorPage status={failed.status} /> : <Routes />;
};

const Routes = () => (
  <Router onRouteChange={depart}>
    <Route path="/" component={HomeRoute} />
    <Route path="/a/:slug" component={ArticleRoute} />
    <Route path="/a/:slug/history" component={lazy.History} />
    <Route path="/t/:tag" component={TagRoute} />
    <Route path="/c/:slug" component={CourseRoute} />
    <Route path="/chat/:roomId?" component={lazy.Chat} />
    <Route path="/search" component={lazy.Search} />
    <Route path="/people" component={members.People} />
    <Route path="/notifications" component={members.Notifications} />
    <Route path="/write/course/:id?" component={members.CourseEdit} />
    <Route path="/write/:id?" component={members.Write} />
    <Route path="/settings" component={members.Settings} />
    <Route path="/login" component={lazy.LogIn} />
    <Route path="/join" component={lazy.Join} />
    <Route path="/forgot" component={lazy.Forgot} />
    <Route path="/reset" component={lazy.Reset} />
    <Route path="/verify" component={lazy.Verify} />
    {/* The server knows this page in development alone. */}
    <Route path="/dev/gallery" component={lazy.Gallery} />
    <Route path="/:handle" component={ProfileRoute} />
    <Route default component={NotFound} />
  </Router>
);

export const App = () => (
  <>
    <a class="skip-link" href="#main">
      Skip to the content
    </a>
    <TopBar />
    <div class="shell">
      <Rail />
      <Pages />
    </div>
    <BottomBar />
    <DockLayer />
    <UndoToasts />
    <KeyLayer />
    <PersonCardLayer />
    {asking.value && <SignInDialog />}
    <ConnectionNote />
  </>
);
