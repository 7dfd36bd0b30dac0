import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const data = fileURLToPath(new URL('../../data', import.meta.url));

/** An empty folder on the disk where `npm start` keeps its data; /tmp may lie in memory. */
export const diskFolder = async (): Promise<{ path: string; close: () => Promise<void> }> => {
  await mkdir(data, { recursive: true });
  const path = await mkdtemp(join(data, 'bench-'));
  return { path, close: () => rm(path, { recursive: true, force: true }) };
};
