import { isExpectedStatus } from '../../model/answer-check.js';
import type { CellRule, UnjudgedCell } from '../cell-rule.js';

const MOST_SHARE = 0.1;

export const requestsFailed: CellRule = {
  id: 'requests-failed',
  state: 'SUSPECT',
  remedy:
    'see what is sent with `bench list --requests`; --header, and `values` in a scenario file, supply what is missing',
  explain(cell) {
    const { failed, planned } = cell.counts;
    if (planned === 0 || failed < MOST_SHARE * planned) return undefined;
    const share = ((100 * failed) / planned).toFixed(0);
    return `${share} % of the requests failed: ${kindsOf(cell).join(', ')}. The latency is that of the failures`;
  },
};

/** Wrong statuses, failed checks and network failures, the most frequent first. */
function kindsOf({ statusCodes, failures, expect }: UnjudgedCell): string[] {
  const wrong = Object.entries(statusCodes)
    .filter(([status]) => !isExpectedStatus(Number(status), expect))
    .map(([status, count]) => ({ kind: `status ${status}`, count }));
  const broken = Object.entries(failures).map(([kind, count]) => ({ kind, count }));
  return [...wrong, ...broken]
    .sort((a, b) => b.count - a.count)
    .map(({ kind, count }) => `${kind} × ${count}`);
}
