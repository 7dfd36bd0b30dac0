import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { describeOn } from '../support/backends.ts';
import { freshFolder, freshMongo } from '../support/place.ts';
import { type Keeper, openKeeper, type Said } from './peers/keeper.ts';

const said = (number: number): Said => ({ room: 'room-1', at: '2026-01-01', body: `No ${number}` });
const keepAll = ({ keep }: Keeper, bodies: readonly Said[]) =>
  Promise.all(bodies.map((each) => new Promise<void>((kept) => keep(each, kept))));
const three = [said(1), said(2), said(3)];

describeOn(['sqlite'], 'the least that stores', () => {
  test('has a message in its file before it says so', async () => {
    const folder = await freshFolder();
    const file = join(folder.path, 'messages.db');
    const keeper = await openKeeper({ STORE_FILE: file });
    await keepAll(keeper, three);
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare('SELECT room, at, body FROM messages ORDER BY id').all()).toEqual(three);
    db.close();
    await keeper.close();
    await folder.close();
  });
});

describeOn(['mongodb'], 'the least that stores', () => {
  test('has a message in its database before it says so', async () => {
    const database = await freshMongo();
    const keeper = await openKeeper({ STORE_URL: database.url });
    await keepAll(keeper, three);
    const connection = await mongoose.createConnection(database.url).asPromise();
    const found = await connection.collection('messages').find().project({ _id: 0 }).toArray();
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(three));
    await connection.close();
    await keeper.close();
    await database.close();
  });
});
