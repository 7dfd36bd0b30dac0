import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

const versionOf = (name: string): string => {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
};

/** As the system's packages have it; nothing where they are not Debian's. */
const packaged = (name: string): string[] => {
  try {
    const version = execFileSync('dpkg-query', ['-W', '-f', '${Version}', name], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return version ? [`${name} ${version}`] : [];
  } catch {
    return [];
  }
};

/** What everything ran on, for the reader of its numbers. */
export const machine = (): string => {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const versions = [
    `Node ${process.versions.node}`,
    ...['socket.io', 'ws', '@socket.io/redis-adapter', 'fastify', '@photostructure/sqlite'].map(
      versionOf,
    ),
    ...['prosody', 'ejabberd', 'redis-server'].flatMap(packaged),
  ];
  const model = processors[0]?.model.trim() || 'a processor that does not say its name';
  return `${processors.length} cores (${model}), ${gigabytes} GB, Linux ${release()}.\n${versions.join(', ')}.`;
};
