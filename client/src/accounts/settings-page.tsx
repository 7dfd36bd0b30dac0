import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { MeChange, Settings } from '../../../src/accounts/contract.ts';
import { LettersToggle } from '../keys/help.tsx';
import { toggle } from '../keys/state.ts';
import { Page } from '../shell/page.tsx';
import { chooseTheme, type Theme, theme } from '../shell/state.ts';
import { type Choice, Choices, Toggle } from '../ui/choices.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorNote } from '../ui/notes.tsx';
import { AccountSection } from './account-section.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SessionList } from './session-list.tsx';
import { changeMe, claimAdmin } from './settings-state.ts';
import { logOut, viewer } from './state.ts';
import { TokenList } from './token-list.tsx';
import './settings.css';

export const SettingsPage = () => (
  <Page title="Settings" width="bare" class="settings-page">
    <h1 class="page-title">Settings</h1>
    <ProfileForm />
    <Appearance />
    <Keyboard />
    <Reach />
    <AccountSection />
    <SessionList />
    <TokenList />
    <Administrator />
    <LogOut />
  </Page>
);

const THEMES: Choice<Theme>[] = [
  { value: 'system', label: 'As your device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const AUDIENCES: Choice<Settings['presence']>[] = [
  { value: 'everyone', label: 'Everyone' },
  { value: 'friends', label: 'Friends' },
  { value: 'nobody', label: 'Nobody' },
];

const Appearance = () => (
  <section aria-labelledby="set-look">
    <h2 id="set-look">Appearance</h2>
    <Choices
      legend="Theme"
      choices={THEMES}
      value={theme.value}
      onChoose={(value) => void chooseTheme(value)}
    />
  </section>
);

const Keyboard = () => (
  <section aria-labelledby="set-keys">
    <h2 id="set-keys">Keyboard</h2>
    <LettersToggle />
    <p>
      <button type="button" class="text-button" onClick={() => toggle('help')}>
        Show all shortcuts
      </button>
    </p>
  </section>
);

/** Each choice is stored as it is made. */
const Reach = () => {
  const [error, setError] = useState<string | null>(null);
  const settings = viewer.value?.settings;
  if (!settings) return null;
  const set = (change: NonNullable<MeChange['settings']>) =>
    void changeMe({ settings: change }).then(setError);
  return (
    <section aria-labelledby="set-reach">
      <h2 id="set-reach">Who can reach you</h2>
      {error && <ErrorNote>{error}</ErrorNote>}
      <Choices
        legend="Who sees when you are online"
        choices={AUDIENCES}
        value={settings.presence}
        onChoose={(presence) => set({ presence })}
      />
      <Choices
        legend="Who may start a chat with you"
        hint="Chats that are already open stay open."
        choices={AUDIENCES}
        value={settings.messagesFrom}
        onChoose={(messagesFrom) => set({ messagesFrom })}
      />
      <Toggle
        label="List me under “people online now”"
        checked={settings.discoverable}
        onChange={(discoverable) => set({ discoverable })}
      />
      <Toggle
        label="Show notifications as they arrive"
        checked={settings.toasts}
        onChange={(toasts) => set({ toasts })}
      />
    </section>
  );
};

/** The console's link carries the token after the #, which no server sees. */
const takeToken = (): string => {
  const token = /^#admin=([A-Za-z0-9_-]{16,64})$/.exec(location.hash)?.[1] ?? '';
  if (token) history.replaceState(null, '', location.pathname);
  return token;
};

const Administrator = () => {
  const [token, setToken] = useState('');
  const [error, setError] = useState<string | null>(null);
  const section = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const found = takeToken();
    if (!found || !section.current) return;
    setToken(found);
    section.current.open = true;
    section.current.scrollIntoView({ block: 'center' });
  }, []);
  if (viewer.value?.roles.includes('admin')) {
    return (
      <section aria-labelledby="set-admin">
        <h2 id="set-admin">Administrator</h2>
        <p>You are an administrator of this site.</p>
      </section>
    );
  }
  return (
    <details class="settings-admin" ref={section}>
      <summary>Become the administrator</summary>
      <form
        class="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void claimAdmin(token).then(setError);
        }}
      >
        <Field
          label="One-time token"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          hint="The server printed it on its console when it was first started."
          error={error ?? undefined}
          required
          value={token}
          onValue={setToken}
        />
        <p>
          <button type="submit" class="button outline" disabled={token.trim().length < 16}>
            Use the token
          </button>
        </p>
      </form>
    </details>
  );
};

const LogOut = () => {
  const { route } = useLocation();
  const [error, setError] = useState<string | null>(null);
  const leave = async () => {
    const failed = await logOut();
    setError(failed);
    if (!failed) route('/');
  };
  return (
    <section class="settings-leave">
      {error && <ErrorNote>{error}</ErrorNote>}
      <button type="button" class="button outline" onClick={() => void leave()}>
        Log out
      </button>
    </section>
  );
};
