import { useEffect, useMemo } from 'preact/hooks';
import { ErrorNote } from '../ui/notes.tsx';
import { Time } from '../ui/time.tsx';
import { deviceOf } from './device.ts';
import { createSessions } from './settings-state.ts';

export const SessionList = () => {
  const { sessions, failure, load, end, endOthers } = useMemo(createSessions, []);
  useEffect(() => void load(), []);
  const list = sessions.value ?? [];
  return (
    <section aria-labelledby="set-sessions">
      <h2 id="set-sessions">Where you are logged in</h2>
      {failure.value && <ErrorNote>{failure.value}</ErrorNote>}
      <ul class="settings-rows">
        {list.map((session) => (
          <li key={session.id}>
            <p>
              <strong>{deviceOf(session.agent)}</strong>
              <span>
                {session.ip} ·{' '}
                {session.current ? (
                  'this device'
                ) : (
                  <>
                    last used <Time at={session.lastUsedAt} format="ago" />
                  </>
                )}
              </span>
            </p>
            {!session.current && (
              <button
                type="button"
                class="button outline small"
                onClick={() => void end(session.id)}
              >
                Log out
                <span class="visually-hidden"> {deviceOf(session.agent)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {list.length > 1 && (
        <button type="button" class="button outline small" onClick={() => void endOthers()}>
          Log out everywhere else
        </button>
      )}
    </section>
  );
};
