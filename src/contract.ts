import { z } from 'zod';
import { Me, sessionTells } from './accounts/contract.ts';
import { articleAsks, articleTells } from './articles/contract.ts';
import { notificationAsks, notificationTells } from './notifications/contract.ts';
import { peopleAsks, peopleTells } from './people/contract.ts';
import { presenceAsks, presenceTells } from './presence/contract.ts';
import { roomAsks, roomTells } from './rooms/contract.ts';
import { Id, Seq, Time } from './wire/contract.ts';

/** The first thing a new connection hears. */
export const Ready = z.object({
  /** null: nobody is signed in; only public rooms and articles can be joined. */
  me: Me.nullable(),
  epoch: z.string(),
  rooms: z.array(z.object({ id: Id, head: Seq, n: Seq, lastRead: Seq, unread: z.int() })),
  notifications: z.object({ unread: z.int() }),
  serverTime: Time,
});
export type Ready = z.infer<typeof Ready>;

/** What a client may ask: name -> payload and the data of its ack. */
export const asks = {
  ...roomAsks,
  ...articleAsks,
  ...presenceAsks,
  ...peopleAsks,
  ...notificationAsks,
};
/** What the server tells: name -> payload. */
export const tells = {
  ready: Ready,
  ...roomTells,
  ...articleTells,
  ...presenceTells,
  ...peopleTells,
  ...notificationTells,
  ...sessionTells,
};

export type Asks = { [E in keyof typeof asks]: (typeof asks)[E] };
export type AskName = keyof Asks;
export type AskInput<E extends AskName> = z.infer<Asks[E]['input']>;
export type AskOutput<E extends AskName> = z.infer<Asks[E]['output']>;
export type Tells = { [E in keyof typeof tells]: z.infer<(typeof tells)[E]> };
export type TellName = keyof Tells;
