import { identityOf } from '../loads/index.js';
import type { CellRecord } from './cell-record.js';
import { sizingKey } from './sizing.js';
import { subjectKey } from './subject.js';

/** The same for cells of several runs that measured the same: operations with their weights, sizing, load and its length. */
export function cellKey(cell: Pick<CellRecord, 'subject' | 'load' | 'workers' | 'case'>): string {
  const { shape, length } = identityOf(cell.load);
  return JSON.stringify([targetKey(cell), shape, length]);
}

/** The same for cells with the same operations and sizing, whatever the load. */
export function targetKey(cell: Pick<CellRecord, 'subject' | 'workers' | 'case'>): string {
  return JSON.stringify([subjectKey(cell.subject), sizingKey(cell)]);
}
