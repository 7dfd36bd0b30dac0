import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { diskFolder } from './disk.ts';
import { median } from './stats.ts';

const TIMES = 100;
/** As in a chat of 100 messages/s: a disk that is asked again at once answers in half the time. */
const APART_MS = 10;
const BLOCK = Buffer.alloc(4_096, 1);

/** How long the disk takes to write one block and say that it is there, in ms. */
export const fsyncMs = async (): Promise<number> => {
  const folder = await diskFolder();
  const file = openSync(join(folder.path, 'probe'), 'w');
  const took: number[] = [];
  while (took.length < TIMES) {
    await wait(APART_MS);
    const start = performance.now();
    writeSync(file, BLOCK);
    fsyncSync(file);
    took.push(performance.now() - start);
  }
  closeSync(file);
  await folder.close();
  return median(took);
};
