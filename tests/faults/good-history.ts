import type { Entry, Fact, Row } from './history.ts';

export const roomId = 'room';
const devices = ['ana/1', 'ben/1', 'eve/1'];

/**
 * Three devices talk in one room, one at a time; eve loses her connection in the middle and one
 * message is refused. Nothing is wrong with it: what a test spoils is all that is wrong.
 */
export const goodHistory = (): Entry[] => {
  const history: Entry[] = [];
  const rows: Row[] = [];
  let at = 0;
  const tell = (fact: Fact) => void history.push({ ...fact, at: (at += 5) });
  const deliver = (device: string, { seq, id, mark }: Row, how: 'live' | 'sync') =>
    tell({ kind: 'deliver', device, roomId, how, seq, id, mark });
  const arrive = (device: string) => {
    tell({ kind: 'connect', device, link: 'a' });
    tell({ kind: 'synced', device, roomId, after: 0, head: 0 });
    tell({ kind: 'complete', device });
  };
  for (const device of devices) arrive(device);
  let eveIsHere = true;
  for (let seq = 1; seq <= 20; seq += 1) {
    const device = devices[seq % 2] ?? '';
    const row = { seq, id: `id-${seq}`, mark: `mark ${seq}` };
    if (seq === 8) {
      tell({ kind: 'disconnect', device: 'eve/1' });
      eveIsHere = false;
    }
    if (seq === 14) {
      tell({ kind: 'connect', device: 'eve/1', link: 'b' });
      for (const missed of rows.slice(7)) deliver('eve/1', missed, 'sync');
      tell({ kind: 'synced', device: 'eve/1', roomId, after: 7, head: rows.length });
      tell({ kind: 'complete', device: 'eve/1' });
      eveIsHere = true;
    }
    tell({ kind: 'send', device, roomId, mark: row.mark });
    tell({ kind: 'ok', device, roomId, mark: row.mark, seq, id: row.id });
    rows.push(row);
    for (const other of devices) if (other !== 'eve/1' || eveIsHere) deliver(other, row, 'live');
  }
  tell({ kind: 'send', device: 'ana/1', roomId, mark: 'refused' });
  tell({ kind: 'error', device: 'ana/1', roomId, mark: 'refused', code: 'forbidden' });
  const states = { 'id-1': 'mark 1' };
  for (const device of devices)
    tell({ kind: 'screen', device, roomId, base: 0, rows: [...rows], states });
  for (const process of ['a', 'b'])
    tell({ kind: 'stored', process, roomId, rows: [...rows], states });
  return history;
};
