import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { machine } from './machine.ts';
import type { Contender } from './workload.ts';

const file = fileURLToPath(new URL('./RESULTS.md', import.meta.url));

type Report = {
  at: string;
  rounds: number;
  /** Milliseconds, the middle of the rounds. */
  fsyncMs: number;
  goals: string;
  tables: readonly string[];
  /** Of the workloads with a goal that is not met. */
  profiles: readonly string[];
  contenders: readonly Contender[];
  missing: ReadonlyMap<string, string>;
};

const storesOf = (contenders: readonly Contender[]): string =>
  [...new Map(contenders.map(({ title, stores }) => [title, stores]))]
    .map(([title, stores]) => `- ${title}: ${stores}`)
    .join('\n');

const textOf = ({ at, rounds, fsyncMs, goals, tables, profiles, contenders, missing }: Report) =>
  `# What \`npm run bench\` measured

${at}, ${rounds} rounds, all peers in turns in each. ${machine()}
One disk sync takes ${fsyncMs.toFixed(2)} ms. The server has one core, what loads it the other.

A number is the middle of the rounds, with the lowest and the highest in brackets. CPU is that of all
processes of a peer, with the Redis between them and without the database. Times are from the planned
send to the delivery, of random members and of the last one in the room's order. Rows with a loss, or
with a generator that used more than 0.9 of its core, are not results.

## Goals
The middle of what the rounds say by themselves, and their range; then the same quotients with another
in the place of Lyceum: a bare server that puts each message on the disk before it hands it on, and does
nothing else of what Lyceum does (in W5 it gathers for as long as Lyceum may, in W9 it checks the
passwords of as many log-ins). The second is built on Socket.IO, as Lyceum is (over two processes with
the Redis adapter and MongoDB). Where they miss a goal, storing alone costs more than it leaves.

${goals}

## What each of them stores
${storesOf(contenders)}
${[...missing].map(([title, why]) => `\n${title} did not run: ${why}`).join('')}
## Measured

${tables.join('\n\n')}

## Where the time goes
Of the workloads with a goal that is not met, in one more run with a profile of the event loop: how the
CPU is shared out among the threads (the first is the event loop, the writer has the disk), what the
event loop does, and the functions in which it spends most.

${profiles.join('\n\n')}
`;

export const writeReport = async (report: Report): Promise<string> => {
  await writeFile(file, textOf(report));
  return file;
};
