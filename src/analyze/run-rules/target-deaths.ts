import { plural } from '../../kernel/format.js';
import type { RunRule } from '../run-rule.js';

export const targetDeaths: RunRule = {
  id: 'target-deaths',
  severity: 'failure',
  find({ cells }) {
    const died = cells.filter(({ record }) => record.verdict.reasons.some(({ id }) => id === 'target-died'));
    if (died.length === 0) return [];
    const message = `The target died in ${died.length} of ${plural(cells.length, 'cell')}.`;
    return [{ message, cells: died.map(({ record }) => record.id) }];
  },
};
