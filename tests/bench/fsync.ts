import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { diskFolder } from './disk.ts';
import { median } from './stats.ts';

const TIMES = 50;
const BLOCK = Buffer.alloc(4_096, 1);

/** How long the disk takes to write one block and say that it is there, in ms. */
export const fsyncMs = async (): Promise<number> => {
  const folder = await diskFolder();
  const file = openSync(join(folder.path, 'probe'), 'w');
  const took = Array.from({ length: TIMES }, () => {
    const start = performance.now();
    writeSync(file, BLOCK);
    fsyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  await folder.close();
  return median(took);
};
