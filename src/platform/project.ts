import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rootAbove = (folder: string): string => {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('no package.json above this file');
  return rootAbove(above);
};

/** The folder of package.json: the same from the sources and from the build. */
export const projectRoot = rootAbove(dirname(fileURLToPath(import.meta.url)));
