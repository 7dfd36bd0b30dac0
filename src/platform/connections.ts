import type { Tells } from '../contract.ts';
import type { Actor } from './actor.ts';
import type { Frame } from './frame.ts';

export type CloseReason = Tells['session:closed']['reason'];

/** One socket, as services see it. */
export type Connection = {
  readonly id: string;
  /** null: a reader who is not signed in. */
  readonly actor: Actor | null;
  /** Its asks that wait for their answer; counted by who answers. */
  asking: number;
  /** A volatile frame is dropped for a reader that is behind. */
  send(frame: Frame, options?: { volatile?: boolean }): void;
  /** Says why, then ends the connection. */
  end(reason: CloseReason, comeBackInMs?: number): void;
  /**
   * Called once with this connection, when it has gone. Adding a listener again changes nothing: one
   * that serves all connections costs each of them no memory.
   */
  onEnd(listener: (connection: Connection) => void): void;
};
