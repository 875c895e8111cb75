import { percent } from '../../kernel/format.js';
import { nothingSucceeded } from '../../model/results/no-success.js';
import { endsOf } from '../ends-of.js';
import type { RunRule } from '../run-rule.js';
import { saidSentence } from '../server-said.js';

/** Fewer failures than this are no verdict on the run. */
const LEAST_SHARE = 0.001;

/** Where none succeeded, `no-success` says so. */
export const requestsUnsuccessful: RunRule = {
  id: 'requests-unsuccessful',
  severity: 'failure',
  find(report) {
    const cells = report.cells.map(({ record }) => record);
    const planned = cells.reduce((sum, { counts }) => sum + counts.planned, 0);
    const succeeded = cells.reduce((sum, { counts }) => sum + counts.succeeded, 0);
    const share = planned === 0 ? 0 : (planned - succeeded) / planned;
    if (share < LEAST_SHARE || nothingSucceeded(cells)) return [];
    const message = `${percent(share)} % of the ${planned} requests did not succeed: ${endsOf(cells).join(', ')}.${saidSentence(cells)}`;
    const failing = cells.filter(({ counts }) => counts.succeeded < counts.planned);
    return [{ message, cells: failing.map(({ id }) => id) }];
  },
};
