import type { Room } from '../../../src/rooms/contract.ts';

/** How much of a room I have not read, and whether it speaks to me. */
export const RoomCounts = ({ room: { unread, mentions, muted } }: { room: Room }) => (
  // Another number is another mark: it comes in place of the last one and moves nothing.
  <span key={unread} class="room-row-counts">
    {mentions > 0 && (
      <span class="count mention">
        @<span class="visually-hidden"> mentions you,</span>
      </span>
    )}
    <span class={`count ${muted ? 'quiet' : ''}`}>
      {unread > 99 ? '99+' : unread}
      <span class="visually-hidden"> unread</span>
    </span>
  </span>
);
