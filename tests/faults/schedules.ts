import type { Shape } from './cluster.ts';
import { backendFaults } from './schedules-backends.ts';
import { clientFaults } from './schedules-clients.ts';
import { processFaults } from './schedules-processes.ts';
import type { Fault } from './trial.ts';

const number = ({ id }: Fault) => Number(id.slice(1));

/** Every fault, in the order of its number. */
export const faults: readonly Fault[] = [
  ...processFaults,
  ...backendFaults,
  ...clientFaults,
].toSorted((a, b) => number(a) - number(b));

export const oneOnSqlite: Shape = { store: 'sqlite', processes: 1, redis: false };
export const twoOnSqlite: Shape = { store: 'sqlite', processes: 2, redis: false };
export const twoOnMongo: Shape = { store: 'mongodb', processes: 2, redis: true };
export const threeOnMongo: Shape = { store: 'mongodb', processes: 3, redis: true };
export const shapes: readonly Shape[] = [oneOnSqlite, twoOnSqlite, twoOnMongo, threeOnMongo];

export const faultOf = (id: string): Fault => {
  const fault = faults.find((each) => each.id === id);
  if (!fault) throw new Error(`there is no fault ${id}`);
  return fault;
};
