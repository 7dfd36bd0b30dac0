import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const data = fileURLToPath(new URL('../../data', import.meta.url));

/**
 * An empty folder on the disk where `npm start` keeps its data; /tmp may lie in memory. It is gone when
 * it is closed, or when the run ends before, as by a signal.
 */
export const diskFolder = async (): Promise<{ path: string; close: () => Promise<void> }> => {
  await mkdir(data, { recursive: true });
  const path = await mkdtemp(join(data, 'bench-'));
  // Servers that were killed in this moment may still write into it.
  const remove = () => rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  process.on('exit', remove);
  return {
    path,
    close: async () => {
      process.off('exit', remove);
      remove();
    },
  };
};
