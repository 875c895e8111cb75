import { oneLine } from '../../kernel/text.js';
import { wrongStatuses } from '../../model/results/wrong-statuses.js';
import type { JudgedRun } from '../../model/results/judged-run.js';
import type { UnjudgedCell } from '../../model/results/cell-record.js';
import type { CellRule } from '../cell-rule.js';
import { remedyForKind, remedyForMost, remedyForStatus } from '../failure-remedies.js';
import { serverSaid } from '../server-said.js';
import { AFTER_SERVICE } from './service-died.js';
import { areTooMany } from '../unsuccessful.js';

/** Beyond this share the percentiles that people look at are those of failures. */
const MOST = 0.5;

export const requestsFailed: CellRule = {
  id: 'requests-failed',
  state: 'SUSPECT',
  explain(cell, run) {
    const { failed, planned } = cell.counts;
    if (!areTooMany(failed, cell.counts)) return undefined;
    const share = ((100 * failed) / planned).toFixed(0);
    const kinds = kindsOf(cell, run);
    const counted = kinds.map(({ name, count }) => `${name} × ${count}`).join(', ');
    const said = serverSaid([cell]);
    const latency = failed > MOST * planned ? '. The latency is that of the failures' : '';
    return {
      message: `${share} % of the requests failed: ${counted}${mostlyIn(cell)}${said === '' ? '' : `. ${said}`}${latency}`,
      remedy: cell.serviceDeaths === undefined ? remedyForMost(kinds) : AFTER_SERVICE,
      severity: failed / planned,
    };
  },
};

/** Of a mixture the operation with most of the failures. */
function mostlyIn({ subject, byOperation = [] }: UnjudgedCell): string {
  const all = byOperation.map(({ counts }, at) => ({ counts, asked: subject.operations[at] }));
  const [most] = all.sort((a, b) => b.counts.failed - a.counts.failed);
  if (most?.asked === undefined) return '';
  const { counts, asked } = most;
  return `; most of them ${oneLine(`${asked.method} ${asked.path}`)}, ${counts.failed} of its ${counts.planned}`;
}

/** Wrong statuses, failed checks and network failures, the most frequent first. */
function kindsOf(cell: UnjudgedCell, run: JudgedRun): { name: string; count: number; remedy: string }[] {
  const situation = { generator: cell.generator, ...run };
  const wrong = wrongStatuses(cell).map(([status, count]) => ({
    ...{ name: `status ${status}`, count },
    remedy: remedyForStatus(status, situation),
  }));
  const broken = Object.entries(cell.failures).map(([kind, count]) => ({
    ...{ name: kind, count },
    remedy: remedyForKind(kind, situation),
  }));
  return [...wrong, ...broken].sort((a, b) => b.count - a.count);
}
