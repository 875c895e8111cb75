import { twinsSchema, type Twins, type TwinSide } from '../../model/results/twin.js';
import type { ComparedOperation, ComparedTwins } from '../../model/report/analysis.js';
import { operationsNamed } from '../../model/requests/operation-selector.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { operationsIn } from './operations-in.js';

/** The twins of a run of which both operations were measured. */
export function findTwins(twins: Twins, cells: readonly Pick<CellRecord, 'subject'>[]): ComparedTwins {
  const operations = operationsIn(cells);
  const find = ({ name, operation }: TwinSide): ComparedOperation | undefined => {
    const [found, ...others] = operationsNamed(operation, operations);
    if (found === undefined || others.length > 0) return undefined;
    return { name, method: found.method, path: found.path };
  };
  const pairs = twins.pairs.flatMap((twin) => {
    const [left, right] = [find(twin.left), find(twin.right)];
    if (left === undefined || right === undefined) return [];
    return left.method === right.method && left.path === right.path ? [] : [{ left, right }];
  });
  return { pairs, areAskedFor: !twins.isOfScenario };
}

/** Those that the configuration of a stored run keeps; runs of before have none. */
export function storedTwins(config: Readonly<Record<string, unknown>> | undefined): Twins {
  const read = twinsSchema.safeParse(config?.['twins']);
  return read.success ? read.data : { pairs: [], isOfScenario: true };
}
