/**
 * Messages are found by their number along the index of the log: number `n` stands `n` places after
 * the beginning, and as many more as there were events before it that are no message. Only those are
 * in an index of their own; a message is written into one tree less. Each answers an SQL expression.
 */
export const numbersMigration = `
  DROP INDEX room_events_counted;
  CREATE INDEX room_events_others ON room_events (room_id, n, seq) WHERE kind <> 'message';
  CREATE INDEX room_events_deleted ON room_events (room_id, n) WHERE deleted_at IS NOT NULL`;

/** The number of a room's last message; 0 without one. */
export const lastN = (room: string) =>
  `coalesce((SELECT n FROM room_events WHERE room_id = ${room} ORDER BY seq DESC LIMIT 1), 0)`;

/** The `seq` of the message with this number. */
export const seqOf = (room: string, n: string) =>
  `(${n} + coalesce((SELECT seq - n FROM room_events WHERE room_id = ${room}
     AND kind <> 'message' AND n < ${n} ORDER BY n DESC, seq DESC LIMIT 1), 0))`;

/** How many messages after number `n` are not deleted. */
export const countAfter = (room: string, n: string) =>
  `(${lastN(room)} - ${n} - (SELECT count(*) FROM room_events
     WHERE room_id = ${room} AND n > ${n} AND deleted_at IS NOT NULL))`;
