import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../src/platform/actor.ts';
import { newId } from '../../src/platform/ids.ts';
import { type Messages, openWorld, type World } from './world.ts';

const HOUR = 3_600_000;
let world: World;
const messages: Messages = new Map();
beforeAll(async () => {
  world = await openWorld(messages);
});
afterAll(() => world?.close());

let made = 0;
/** New people with names of their own. */
const crowd = (count: number, ageHours?: number): Promise<Actor[]> =>
  Promise.all(Array.from({ length: count }, () => world.join(`person_${(made += 1)}`, ageHours)));
const pair = async (): Promise<[Actor, Actor]> => (await crowd(2)) as [Actor, Actor];

const relation = async (a: Actor, b: Actor) =>
  (await world.people.relations(a.userId, [b.userId])).get(b.userId)?.relation;
const friendsOf = async (actor: Actor) =>
  (await world.people.friends(actor, { limit: 100 })).items.map(({ id }) => id);

describe('friend requests', () => {
  test('a request reaches its receiver, and an acceptance makes both friends', async () => {
    const [ana, ben] = await pair();
    const request = await world.people.request(ana, { to: ben.username });
    expect(request).toMatchObject({ state: 'pending', from: { id: ana.userId } });
    expect(await world.people.requests(ben)).toEqual({ incoming: [request], outgoing: [] });
    expect(await world.people.requests(ana)).toEqual({ incoming: [], outgoing: [request] });
    expect([await relation(ana, ben), await relation(ben, ana)]).toEqual([
      'requested',
      'requests_you',
    ]);
    const accepted = await world.people.accept(ben, request.id);
    expect(accepted).toEqual({ ...request, state: 'accepted' });
    expect(await world.people.accept(ben, request.id)).toEqual(accepted);
    expect([await friendsOf(ana), await friendsOf(ben)]).toEqual([[ben.userId], [ana.userId]]);
    expect([await relation(ana, ben), await relation(ben, ana)]).toEqual(['friend', 'friend']);
    expect(await world.people.requests(ben)).toEqual({ incoming: [], outgoing: [] });
  });

  test('asking again is the same request, before and after the answer', async () => {
    const [ana, ben] = await pair();
    const first = await world.people.request(ana, { to: ben.username });
    const again = await Promise.all(
      [1, 2, 3].map(() => world.people.request(ana, { to: ben.username })),
    );
    expect(again.map(({ id }) => id)).toEqual([first.id, first.id, first.id]);
    await world.people.accept(ben, first.id);
    expect(await world.people.request(ana, { to: ben.username })).toMatchObject({
      id: first.id,
      state: 'accepted',
    });
    expect(await world.people.request(ben, { to: ana.username })).toMatchObject({
      id: first.id,
      state: 'accepted',
    });
  });

  test('crossing requests become one friendship, told once to each', async () => {
    for (let round = 0; round < 20; round += 1) {
      const [ana, ben] = await pair();
      const [anaPhone, benPhone] = [world.connect(ana), world.connect(ben)];
      const answers = await Promise.all([
        world.people.request(ana, { to: ben.username }),
        world.people.request(ben, { to: ana.username }),
        world.people.request(ana, { to: ben.username }),
      ]);
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(await friendsOf(ana)).toEqual([ben.userId]);
      expect(await friendsOf(ben)).toEqual([ana.userId]);
      expect(await world.people.requests(ana)).toEqual({ incoming: [], outgoing: [] });
      expect(anaPhone.of('friend:accepted').map(({ person }) => person.id)).toEqual([ben.userId]);
      expect(anaPhone.told.at(-1)?.event).toBe('friend:accepted');
      expect(benPhone.told.at(-1)?.event).toBe('friend:accepted');
      expect(benPhone.of('friend:accepted').map(({ person }) => person.id)).toEqual([ana.userId]);
    }
  });

  test('only its receiver can accept, and only while it stands', async () => {
    const [ana, ben] = await pair();
    const [eve] = (await crowd(1)) as [Actor];
    const { id } = await world.people.request(ana, { to: ben.username });
    for (const who of [ana, eve])
      await expect(world.people.accept(who, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.people.drop(eve, id)).rejects.toMatchObject({ code: 'not_found' });
    await world.people.drop(ana, id);
    await expect(world.people.accept(ben, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.people.accept(ben, newId())).rejects.toMatchObject({ code: 'not_found' });
    await expect(world.people.request(ana, { to: ana.username })).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(world.people.request(ana, { to: 'nobody_here' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a declined request looks unanswered to its sender, and does not come back for 30 days', async () => {
    const [ana, ben] = await pair();
    const first = await world.people.request(ana, { to: ben.username });
    const phone = world.connect(ana);
    await world.people.drop(ben, first.id);
    expect(phone.told).toEqual([]);
    expect(await world.people.requests(ana)).toEqual({ incoming: [], outgoing: [first] });
    expect(await world.people.requests(ben)).toEqual({ incoming: [], outgoing: [] });
    expect([await relation(ana, ben), await relation(ben, ana)]).toEqual(['requested', 'none']);

    // Neither asking again nor withdrawing and asking anew reaches the receiver.
    const benPhone = world.connect(ben);
    await world.people.request(ana, { to: ben.username });
    await world.people.drop(ana, first.id);
    const second = await world.people.request(ana, { to: ben.username });
    expect(benPhone.told).toEqual([]);
    await expect(world.people.accept(ben, second.id)).rejects.toMatchObject({ code: 'not_found' });

    world.clock.move(31 * 24 * HOUR);
    expect(await world.people.request(ana, { to: ben.username })).toMatchObject({ id: second.id });
    expect(benPhone.of('friend:requested').map(({ request }) => request.id)).toEqual([second.id]);
    expect((await world.people.requests(ben)).incoming).toHaveLength(1);
  });

  test('who declined may still ask: then both want it', async () => {
    const [ana, ben] = await pair();
    const { id } = await world.people.request(ana, { to: ben.username });
    await world.people.drop(ben, id);
    expect(await world.people.request(ben, { to: ana.username })).toMatchObject({
      state: 'accepted',
    });
    expect(await relation(ana, ben)).toBe('friend');
  });

  test('a withdrawn request is gone on both sides and may be made again', async () => {
    const [ana, ben] = await pair();
    const first = await world.people.request(ana, { to: ben.username });
    await world.people.drop(ana, first.id);
    for (const who of [ana, ben])
      expect(await world.people.requests(who)).toEqual({ incoming: [], outgoing: [] });
    const second = await world.people.request(ana, { to: ben.username });
    expect(second.id).not.toBe(first.id);
    expect((await world.people.requests(ben)).incoming).toEqual([second]);
  });

  test('at most 10 unanswered requests, 5 for a new account, however many are asked at once', async () => {
    for (const [age, max] of [
      [100, 10],
      [71, 5],
    ] as const) {
      const [ana] = (await crowd(1, age)) as [Actor];
      const others = await crowd(14);
      const asked = await Promise.allSettled(
        others.map(({ username }) => world.people.request(ana, { to: username })),
      );
      const refused = asked.filter(({ status }) => status === 'rejected');
      expect(asked.length - refused.length).toBe(max);
      for (const each of refused)
        expect((each as PromiseRejectedResult).reason).toMatchObject({
          code: 'rate_limited',
          message: expect.stringContaining(`${max} unanswered`),
        });
      const { outgoing } = await world.people.requests(ana);
      expect(outgoing).toHaveLength(max);
      // One withdrawn makes room for one.
      await world.people.drop(ana, outgoing[0]?.id ?? '');
      const left = others.filter(({ userId }) => !outgoing.some(({ to }) => to.id === userId));
      await world.people.request(ana, { to: left[0]?.username ?? '' });
      await expect(
        world.people.request(ana, { to: left[1]?.username ?? '' }),
      ).rejects.toMatchObject({ code: 'rate_limited' });
    }
  });

  test('the message it began from is shown to its receiver, if they may read it', async () => {
    const [ana, ben] = await pair();
    const messageId = newId();
    messages.set(messageId, { text: 'Why?', url: '/a/x#m', readers: [ana.userId, ben.userId] });
    await world.people.request(ana, { to: ben.username, about: { messageId } });
    const { incoming } = await world.people.requests(ben);
    expect(incoming[0]?.about).toEqual({ messageId, text: 'Why?', url: '/a/x#m' });
    messages.set(messageId, { text: 'Why?', url: '/a/x#m', readers: [ana.userId] });
    expect((await world.people.requests(ben)).incoming[0]).not.toHaveProperty('about');
    const [cleo, dan] = await pair();
    await expect(
      world.people.request(cleo, { to: dan.username, about: { messageId } }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a removed friend is removed for both, and removing again is harmless', async () => {
    const [ana, ben] = await pair();
    const { id } = await world.people.request(ana, { to: ben.username });
    await world.people.accept(ben, id);
    await world.people.remove(ben, ana.username);
    await world.people.remove(ben, ana.username);
    expect([await friendsOf(ana), await friendsOf(ben)]).toEqual([[], []]);
    expect(await relation(ana, ben)).toBe('none');
    expect((await world.people.request(ana, { to: ben.username })).state).toBe('pending');
  });

  test('friends of friends and friends in common are found', async () => {
    const [me, ana, ben, cleo] = (await crowd(4)) as [Actor, Actor, Actor, Actor];
    const befriend = async (a: Actor, b: Actor) => {
      await world.people.request(a, { to: b.username });
      await world.people.request(b, { to: a.username });
    };
    await befriend(me, ana);
    await befriend(me, ben);
    await befriend(cleo, ana);
    await befriend(ben, cleo);
    const near = await world.people.friendsOfFriends(me.userId);
    expect([...near.keys()]).toEqual([cleo.userId]);
    expect([...(near.get(cleo.userId) ?? [])].sort()).toEqual([ana.userId, ben.userId].sort());
    const mutual = await world.people.mutualFriends(me.userId, [cleo.userId, ana.userId]);
    expect([...mutual.keys()]).toEqual([cleo.userId]);
    expect(mutual.get(cleo.userId)).toHaveLength(2);
  });
});
