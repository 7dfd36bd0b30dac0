import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const words = (list: string): string[] => JSON.parse(list) as string[];

test('the image starts with the settings of npm start', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    scripts: { start: string };
  };
  const [, command = '[]'] = /CMD (\[.+\])/.exec(readFileSync('docker-compose.yml', 'utf8')) ?? [];
  // Its environment comes from Docker, not from a file.
  const started = scripts.start.split(' ').filter((word) => !word.startsWith('--env-file'));
  expect(words(command)).toEqual(started);
});
