import { openInspector } from './inspector.ts';
import { threadsOf } from './processes.ts';

type Frame = { functionName: string; url: string; lineNumber: number };
type Profile = {
  nodes: { id: number; callFrame: Frame; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
};
type Window = { begin(): void; end(): void; text(): Promise<string> };

const SHOWN = 30;
const SAMPLE_MICROS = 200;

/** Profiles the main thread of a process between the two edges of the window. */
export const profileWindow = async (port: number, pid: number): Promise<Window> => {
  const { ask, close } = await openInspector(port);
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: SAMPLE_MICROS });
  let result: Promise<unknown> | null = null;
  let before = new Map<string, number>();
  let after = new Map<string, number>();
  return {
    begin: () => {
      before = threadsOf(pid);
      void ask('Profiler.start');
    },
    end: () => {
      after = threadsOf(pid);
      result = ask('Profiler.stop');
    },
    text: async () => {
      const { profile } = (await result) as { profile: Profile };
      close();
      return [threadsText(before, after), partsText(profile), textOf(profile)].join('\n\n');
    },
  };
};

/** How the CPU is shared out among the threads: the first is the event loop. */
const threadsText = (before: Map<string, number>, after: Map<string, number>): string => {
  const used = [...after].map(([name, micros]) => ({
    name,
    micros: micros - (before.get(name) ?? 0),
  }));
  const all = used.reduce((sum, { micros }) => sum + micros, 0);
  const some = used.filter(({ micros }) => micros > all / 100);
  return some
    .map(({ name, micros }) => `thread ${name}: ${((100 * micros) / all).toFixed(1)} % of the CPU`)
    .join('\n');
};

const placeOf = ({ functionName, url, lineNumber }: Frame) =>
  `${functionName || '(anonymous)'} ${url.replace(/^.*\/(?=(dist|node_modules)\/)/, '')}:${lineNumber + 1}`;

/** What a function belongs to, by its name and file; the first that fits. */
const parts: readonly [part: string, fits: (place: string) => boolean][] = [
  ['waiting', (place) => /^\((idle|program)\) /.test(place)],
  ['garbage collection', (place) => place.startsWith('(garbage collector) ')],
  ['hand-over to the writer', (place) => place.startsWith('postMessage ')],
  ['writes to connections', (place) => /^write\w* :/.test(place)],
  ['SQLite, reading', (place) => /@photostructure\/sqlite/.test(place)],
  ['MongoDB driver', (place) => /node_modules\/(mongodb|mongoose|bson)\//.test(place)],
  ['Redis client', (place) => /node_modules\/(ioredis|redis-parser)\//.test(place)],
  ['Socket.IO and ws', (place) => /(socket\.io|engine\.io)[^/]*\/|\/ws\//.test(place)],
  ['validation', (place) => /\/zod\//.test(place)],
  ['rooms', (place) => /dist\/server\/rooms\//.test(place)],
  ['the rest of Lyceum', (place) => /dist\/server\//.test(place)],
  ['Node, streams and sockets', (place) => /node:(net|internal\/stream|stream|events)/.test(place)],
];
const REST = 'Node and V8, the rest';

/** What add-ons bring has neither a name nor a file: it goes by who called it. */
const named = (frame: Frame, caller: Frame | undefined): Frame =>
  frame.functionName || frame.url || !caller
    ? frame
    : { ...caller, functionName: `native code in ${caller.functionName}` };

const microsBy = (
  { nodes, samples, timeDeltas }: Profile,
  keyOf: (frame: Frame) => string,
): Map<string, number> => {
  const callers = new Map(
    nodes.flatMap(({ callFrame, children = [] }) => children.map((id) => [id, callFrame] as const)),
  );
  const keys = new Map(
    nodes.map(({ id, callFrame }) => [id, keyOf(named(callFrame, callers.get(id)))]),
  );
  const sums = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const key = keys.get(id) ?? '?';
    sums.set(key, (sums.get(key) ?? 0) + (timeDeltas[index] ?? 0));
  }
  return sums;
};
const linesOf = (sums: Map<string, number>, shown: number): string => {
  const all = [...sums.values()].reduce((sum, micros) => sum + micros, 0);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shown)
    .map(([name, micros]) => `${((100 * micros) / all).toFixed(1).padStart(5)} %  ${name}`)
    .join('\n');
};

/** What the event loop's time was spent on. */
const partsText = (profile: Profile): string => {
  const partOf = (frame: Frame) => parts.find(([, fits]) => fits(placeOf(frame)))?.[0] ?? REST;
  return linesOf(microsBy(profile, partOf), parts.length + 1);
};

/** The functions in which most of the time was spent, without those that they called. */
const textOf = (profile: Profile): string => linesOf(microsBy(profile, placeOf), SHOWN);
