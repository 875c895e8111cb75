import { askedOf } from '../../model/results/subject.js';
import type { LiveCell } from '../../model/live/live-run.js';
import { isClosedLoop, loadName, loadTitle } from '../../model/loads/index.js';
import type { Labels } from './exposition.js';

type Cell = Pick<LiveCell, 'id' | 'subject' | 'workers' | 'case' | 'repeat' | 'load'>;

/** The labels of all that is said of a cell; `cell`, its id, alone is different for each. */
export function cellLabels({ id, subject, workers, case: limits, repeat, load }: Cell): Labels {
  const asked = askedOf(subject);
  return {
    cell: id,
    operation: asked.id,
    method: asked.method,
    path: asked.path,
    workers: String(workers),
    ...(limits === undefined ? {} : { case: limits.name }),
    // What it hides belongs to every figure of a closed loop.
    load: isClosedLoop(load) ? loadTitle(load) : loadName(load),
    repeat: String(repeat),
  };
}
