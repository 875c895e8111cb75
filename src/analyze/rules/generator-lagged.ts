import { formatFigure } from '../../kernel/format.js';
import { easingOf } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';
import { freeACore } from './free-a-core.js';

const MOST_LAG_MS = 2;
const MOST_SHARE_OF_MEDIAN = 0.05;

export const generatorLagged: CellRule = {
  id: 'generator-lagged',
  state: 'INVALID',
  explain({ load, workers, latencyMs: { sendLag, response }, generator }) {
    const limit = Math.max(MOST_LAG_MS, MOST_SHARE_OF_MEDIAN * (response.p50 ?? 0));
    if (sendLag.p99 === null || sendLag.p99 <= limit) return undefined;
    return {
      message: `the generator itself was late: send lag p99 ${formatFigure(sendLag.p99)} ms, limit ${formatFigure(limit)} ms`,
      remedy: `${easingOf(load)}${workers > 1 ? ', use fewer workers' : ''}, or ${freeACore({ generator })}`,
      severity: sendLag.p99 / limit,
    };
  },
};
