import { formatFigure, plural } from '../../kernel/format.js';
import { loadTitle } from '../../model/loads/index.js';
import type { ByProcess } from '../../model/results/by-process.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { LEAST_IMBALANCE, unevenness } from '../../model/results/uneven-workers.js';
import type { RunRule } from '../run-rule.js';

type Uneven = CellRecord & { readonly byProcess: ByProcess };

/** Of the worst cell; the figures are sound, but those of fewer workers than there are. */
export const workersUneven: RunRule = {
  id: 'workers-uneven',
  severity: 'notice',
  find({ cells }) {
    const uneven = cells
      .map(({ record }) => record)
      .filter((record): record is Uneven => unevenness(record) !== null)
      .sort((a, b) => (unevenness(b) ?? 0) - (unevenness(a) ?? 0));
    const [worst] = uneven;
    if (worst === undefined) return [];
    return [{ message: messageOf(worst), remedy: remedyOf(worst), cells: uneven.map(({ id }) => id) }];
  },
};

const MOST_NAMED = 8;

function messageOf({ subject, load, byProcess }: Uneven): string {
  const workers = byProcess.processes.filter(({ isWorker }) => isWorker);
  const totalMs = workers.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const share = Math.round((100 * (workers[0]?.cpuMs ?? 0)) / totalMs);
  const named = workers.slice(0, MOST_NAMED);
  const more = byProcess.workers > named.length ? ' …' : '';
  const connections = named.flatMap(({ connections: held }) => held?.mean ?? []);
  const spread =
    connections.length === 0
      ? ''
      : `; connections of each: ${connections.map((mean) => Number(mean.toFixed(1))).join(' / ')}${more}`;
  return (
    `One of ${plural(byProcess.workers, 'worker')} did ${share} % of the work of ${subject.id} (${loadTitle(load)}), ` +
    `${formatFigure(byProcess.imbalance.cpu ?? 0)} times the mean${spread}.`
  );
}

const SPREAD =
  'a connection stays with the worker that accepted it: let each worker listen for itself (SO_REUSEPORT, gunicorn --reuse-port), ' +
  'let a parent or a load balancer hand connections out in turn, or measure with more connections';

function remedyOf({ byProcess }: Uneven): string {
  const { connections } = byProcess.imbalance;
  if (connections === null) return `if connections are not spread evenly, ${SPREAD}`;
  if (connections >= LEAST_IMBALANCE) return SPREAD;
  return 'the connections are spread evenly, so look for what else that worker does, or which requests cost more than others';
}
