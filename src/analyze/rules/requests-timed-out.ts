import { formatDuration } from '../../kernel/units.js';
import type { JudgedRun } from '../../model/results/judged-run.js';
import type { UnjudgedCell } from '../../model/results/cell-record.js';
import type { CellRule } from '../cell-rule.js';
import { logOf } from '../failure-remedies.js';
import { AFTER_SERVICE } from './service-died.js';
import { areTooMany } from '../unsuccessful.js';

const MOST = 0.5;

export const requestsTimedOut: CellRule = {
  id: 'requests-timed-out',
  state: 'SUSPECT',
  explain(cell, run) {
    const { timedOut, planned } = cell.counts;
    if (!areTooMany(timedOut, cell.counts)) return undefined;
    const share = ((100 * timedOut) / planned).toFixed(0);
    const limit = formatDuration(run.timeoutMs);
    const latency = timedOut > MOST * planned ? '. Of the latency only a lower bound is known' : '';
    return {
      message: `${share} % of the requests were not answered within ${limit} of when they were due${latency}`,
      remedy: cell.serviceDeaths === undefined ? remedyFor(cell, run) : AFTER_SERVICE,
      severity: timedOut / planned,
    };
  },
};

function remedyFor({ counts, generator }: UnjudgedCell, run: JudgedRun): string {
  const longer = `--timeout above ${formatDuration(run.timeoutMs)} if such answers are good enough`;
  if (counts.completed === 0)
    return `nothing was answered at all: send one request by hand, and look in ${logOf(run)} for what it waits for; ${longer}`;
  if (generator.connectionLimitReached)
    return `they waited for a connection as well: lower --rates to what the target can do, or raise --max-connections; ${longer}`;
  return `the target cannot do this rate, or stands still at times: lower --rates until nothing times out, and look in ${logOf(run)} for what it waits for; ${longer}`;
}
