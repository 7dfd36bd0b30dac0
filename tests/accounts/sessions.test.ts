import { expect, test } from 'vitest';
import { describeOn } from '../support/backends.ts';
import { accounts, actorOf, clock, DAY, ended, home, open, PASSWORD, person } from './world.ts';

describeOn(['sqlite'], 'a session', () => {
  /** The use is written behind the answer, together with others of a turn: by a write before ours. */
  const useIsWritten = async () => {
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    await open.store.removeOtherSessions('nobody', 'nothing');
  };
  test('lives on while it is used, up to 30 days', async () => {
    const { secret } = await person();
    for (let day = 0; day < 24; day += 6) {
      clock.forward(6 * DAY);
      expect(await accounts.authenticate({ session: secret })).not.toBeNull();
      await useIsWritten();
    }
    clock.forward(6 * DAY);
    expect(await accounts.authenticate({ session: secret })).toBeNull();
  });

  test('ends after 7 days without use', async () => {
    const { secret } = await person();
    clock.forward(7 * DAY);
    expect(await accounts.authenticate({ session: secret })).toBeNull();
  });

  test('writes its last use at most once a minute', async () => {
    const { secret } = await person();
    const actor = await actorOf(secret);
    const lastUse = async () => {
      await useIsWritten();
      return (await accounts.sessions(actor))[0]?.lastUsedAt;
    };
    const first = clock.iso();
    clock.forward(59_000);
    await actorOf(secret);
    expect(await lastUse()).toBe(first);
    clock.forward(1_001);
    await actorOf(secret);
    expect(await lastUse()).toBe(clock.iso());
  });

  test('that is ended lets nobody in from that moment on', async () => {
    const { secret, username } = await person();
    const other = await accounts.logIn({ login: username, password: PASSWORD }, home);
    const actor = await actorOf(secret);
    const there = await actorOf(other.secret);
    await accounts.endSession(actor, there.via.id);
    expect(await accounts.authenticate({ session: other.secret })).toBeNull();
    expect(ended).toEqual([there.via.id]);
    expect(await accounts.stillValid([actor.via.id, there.via.id])).toEqual(
      new Set([actor.via.id]),
    );
  });

  test('of one person cannot be ended by another', async () => {
    const actor = await actorOf((await person()).secret);
    const stranger = await actorOf((await person()).secret);
    await expect(accounts.endSession(stranger, actor.via.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('is needed to make tokens or set a password: a token is not enough', async () => {
    const actor = await actorOf((await person()).secret);
    const { token } = await accounts.createToken(actor, 'a bot');
    const bot = await accounts.authenticate({ token });
    if (!bot) throw new Error('the token lets nobody in');
    const change = { current: PASSWORD, next: 'another horse battery' };
    for (const refused of [accounts.createToken(bot, 'x'), accounts.changePassword(bot, change)])
      await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describeOn(['sqlite'], 'people', () => {
  test('are known by id and name; those who do not exist are left out', async () => {
    const { me, username } = await person();
    const people = await accounts.people([me.id, 'nobody-here']);
    expect([...people.keys()]).toEqual([me.id]);
    expect(await accounts.byUsername(username.toUpperCase())).toEqual(people.get(me.id));
    expect(await accounts.byUsernames([username, 'nobody_here'])).toHaveLength(1);
    await expect(accounts.byUsername('nobody_here')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('show a change at once, and tell who listens', async () => {
    const { me, secret } = await person();
    await accounts.people([me.id]);
    const heard: string[] = [];
    accounts.changed.on(({ me: now }) => void heard.push(now.name));
    const actor = await actorOf(secret);
    const now = await accounts.changeMe(actor, { name: 'Wanda', settings: { presence: 'nobody' } });
    expect(await accounts.me(actor)).toEqual(now);
    expect((await accounts.people([me.id])).get(me.id)?.name).toBe('Wanda');
    expect((await accounts.settingsOf([me.id])).get(me.id)).toMatchObject({
      presence: 'nobody',
      theme: 'system',
    });
    expect(heard).toEqual(['Wanda']);
  });
});
