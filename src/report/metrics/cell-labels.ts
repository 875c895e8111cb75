import type { LiveCell } from '../../model/live-run.js';
import { loadName } from '../../model/loads/index.js';
import type { Labels } from './exposition.js';

type Cell = Pick<LiveCell, 'id' | 'operation' | 'workers' | 'repeat' | 'load'>;

/** The labels of all that is said of a cell; `cell`, its id, alone is different for each. */
export function cellLabels({ id, operation, workers, repeat, load }: Cell): Labels {
  return {
    cell: id,
    operation: operation.id,
    method: operation.method,
    path: operation.path,
    workers: String(workers),
    load: loadName(load),
    repeat: String(repeat),
  };
}
