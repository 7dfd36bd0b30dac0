import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Token } from '../../../src/accounts/contract.ts';
import { Field } from '../ui/field.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { createTokens } from './settings-state.ts';

export const TokenList = () => {
  const { tokens, created, failure, load, create, revoke } = useMemo(createTokens, []);
  const [name, setName] = useState('');
  useEffect(() => void load(), []);
  return (
    <section aria-labelledby="set-tokens">
      <h2 id="set-tokens">Personal tokens</h2>
      <p class="field-hint">For scripts and bots that act as you. Treat them like your password.</p>
      {failure.value && <ErrorNote>{failure.value}</ErrorNote>}
      {created.value && <Created token={created.value.token} />}
      {tokens.value?.length === 0 && (
        <EmptyNote quiet title="No tokens.">
          Name what the first one is for, and create it.
        </EmptyNote>
      )}
      <ul class="settings-rows">
        {tokens.value?.map((token) => (
          <Row key={token.id} token={token} revoke={() => void revoke(token.id)} />
        ))}
      </ul>
      <form
        class="settings-inline"
        onSubmit={(event) => {
          event.preventDefault();
          void create(name).then(() => setName(''));
        }}
      >
        <Field
          label="New token for"
          placeholder="my bot"
          maxLength={60}
          value={name}
          onValue={setName}
        />
        <button type="submit" class="button outline" disabled={name.trim() === ''}>
          Create token
        </button>
      </form>
    </section>
  );
};

const Row = ({ token, revoke }: { token: Token; revoke: () => void }) => (
  <li>
    <p>
      <strong>{token.name}</strong>
      <span>
        made <Time at={token.createdAt} />,{' '}
        {token.lastUsedAt ? (
          <>
            last used <Time at={token.lastUsedAt} format="ago" />
          </>
        ) : (
          'never used'
        )}
      </span>
    </p>
    <button type="button" class="button outline small" onClick={revoke}>
      Revoke<span class="visually-hidden"> {token.name}</span>
    </button>
  </li>
);

const Created = ({ token }: { token: string }) => {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(token).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div class="token-created" role="status">
      <p>Copy it now: it is not shown again.</p>
      <code>{token}</code>
      <button type="button" class="button small" onClick={() => void copy()}>
        {copied ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
};
