import { plural } from '../../kernel/format.js';
import { NO_SUCCESS, nothingSucceeded } from '../../model/results/no-success.js';
import { endsOf } from '../ends-of.js';
import type { RunRule } from '../run-rule.js';
import { saidSentence } from '../server-said.js';

/** Says what came instead. */
export const noSuccess: RunRule = {
  id: NO_SUCCESS,
  severity: 'failure',
  find(report) {
    const cells = report.cells.map(({ record }) => record);
    if (!nothingSucceeded(cells)) return [];
    const trusted = cells.filter(({ verdict }) => verdict.state !== 'INVALID');
    const planned = trusted.reduce((sum, { counts }) => sum + counts.planned, 0);
    const isAll = trusted.length === cells.length;
    const where =
      trusted.length === 1 && isAll
        ? ''
        : ` in ${isAll ? `all ${trusted.length} cells` : `the ${plural(trusted.length, 'cell')} that can be trusted`}`;
    const message = `No request succeeded${where}: of ${planned} planned ${endsOf(trusted).join(', ')}.${saidSentence(trusted)}`;
    return [{ message, cells: trusted.map(({ id }) => id) }];
  },
};
