import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { signInLink } from '../accounts/sign-in-links.ts';
import { viewer } from '../accounts/state.ts';
import { Page } from '../shell/page.tsx';
import { EmptyNote, ErrorNote } from '../ui/notes.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { RoomList } from './room-list.tsx';
import { loadRooms, roomOf, rooms, titleOf } from './state.ts';
import './rooms.css';

/** The list of my rooms and the one that is open; on a phone one of the two. */
export const ChatPage = () => {
  const { path, query, url } = useLocation();
  const roomId = path.split('/')[2] || null;
  const [failed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    loadRooms().catch(() => setFailed(true));
  };
  useEffect(() => {
    if (viewer.value) load();
  }, [viewer.value?.id]);
  const room = roomId ? roomOf(roomId) : undefined;
  if (!viewer.value) return <LogInFirst back={url} />;
  return (
    <Page
      title={room ? titleOf(room) : 'Chat'}
      width="wide"
      class={`chat-page ${roomId ? 'in-room' : ''}`}
    >
      <div class="chat">
        <div class="chat-list">
          <RoomList current={roomId} />
          {failed && <LoadFailed again={load} />}
        </div>
        {roomId ? (
          <ConversationPane key={roomId} roomId={roomId} at={query.at || null} />
        ) : (
          <NoRoom />
        )}
      </div>
    </Page>
  );
};

const LoadFailed = ({ again }: { again: () => void }) => (
  <div class="chat-list-failed">
    <ErrorNote>Your rooms did not load.</ErrorNote>
    <button type="button" class="button outline small" onClick={again}>
      Try again
    </button>
  </div>
);

const NoRoom = () => (
  <div class="chat-empty">
    {rooms.value && (
      <EmptyNote
        title={rooms.value.length > 0 ? 'Choose a conversation.' : 'Conversations open here.'}
        action={
          rooms.value.length === 0 && (
            <a class="button outline" href="/people">
              Find people to talk to
            </a>
          )
        }
      >
        {rooms.value.length > 0
          ? 'What is new stands first in the list. Messages you have not read carry a count.'
          : 'Write to somebody, make a room for a few, or join one that is open to all.'}
      </EmptyNote>
    )}
  </div>
);

const LogInFirst = ({ back }: { back: string }) => (
  <Page title="Chat" width="bare">
    <h1 class="page-title">Chat</h1>
    <EmptyNote
      title="Conversations are for members."
      action={
        <a class="button" href={signInLink('/login', back)}>
          Log in
        </a>
      }
    >
      Log in, and you are back here at once.
    </EmptyNote>
  </Page>
);
