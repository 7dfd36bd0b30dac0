import { beforeEach, expect, test } from 'vitest';
import { createDirectory } from '../../src/accounts/directory.ts';
import type { Account, AccountsStore } from '../../src/accounts/store.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';
import { createWire, type Wire } from '../support/wire.ts';
import { accountOf } from './makers.ts';

const ana = accountOf('ana');
let stored: Account;
let reads: number;
/** Holds back what a read has found. */
let held: Promise<void>;
let clock: TestClock;
let wire: Wire;

const process = () => {
  const find = async () => {
    reads += 1;
    const found = [stored];
    await held;
    return found;
  };
  const store = { findAccounts: find, findByUsernames: find } as unknown as AccountsStore;
  const directory = createDirectory({ store, bus: wire.bus(), clock });
  const nameOfAna = async () => (await directory.people([ana.id])).get(ana.id)?.name;
  return { ...directory, nameOfAna };
};
const renamed = (name: string): Account => {
  stored = { ...ana, name };
  return stored;
};

beforeEach(() => {
  stored = ana;
  reads = 0;
  held = Promise.resolve();
  clock = createTestClock();
  wire = createWire();
});

test('an account is read once a minute', async () => {
  const { nameOfAna } = process();
  expect(await nameOfAna()).toBe('ana');
  clock.forward(59_000);
  expect(await nameOfAna()).toBe('ana');
  expect(reads).toBe(1);
  clock.forward(2_000);
  await nameOfAna();
  expect(reads).toBe(2);
});

test('a clock that steps back makes nothing fresh', async () => {
  const { nameOfAna } = process();
  await nameOfAna();
  clock.forward(-3_600_000);
  await nameOfAna();
  expect(reads).toBe(2);
});

test('a change shows at once, here and in every other process', async () => {
  const [here, there] = [process(), process()];
  expect([await here.nameOfAna(), await there.nameOfAna()]).toEqual(['ana', 'ana']);
  here.changed(renamed('Ana Lima'));
  expect([await here.nameOfAna(), await there.nameOfAna()]).toEqual(['Ana Lima', 'Ana Lima']);
  // The one that made the change knows it without a look.
  expect(reads).toBe(3);
});

test('what was being read during a change is not remembered', async () => {
  const [here, there] = [process(), process()];
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  const early = there.nameOfAna();
  const byName = there.byUsername('ana');
  here.changed(renamed('Ana Lima'));
  release();
  expect([await early, (await byName).name]).toEqual(['ana', 'ana']);
  expect(await there.nameOfAna()).toBe('Ana Lima');
});

test('while the others cannot be heard, a change shows within 10 s; and at once when they can', async () => {
  const [here, there] = [process(), process()];
  await there.nameOfAna();
  wire.cut = true;
  here.changed(renamed('Ana Lima'));
  expect(await there.nameOfAna()).toBe('ana');
  clock.forward(10_000);
  expect(await there.nameOfAna()).toBe('Ana Lima');
  here.changed(renamed('Ana de Lima'));
  wire.cut = false;
  wire.gap();
  expect(await there.nameOfAna()).toBe('Ana de Lima');
});
