import { formatFigure } from '../../kernel/format.js';
import { formatDuration } from '../../kernel/units.js';
import { durationMsOf } from '../../model/plan-figures.js';
import type { CellRule } from '../cell-rule.js';

export const windowTooShort: CellRule = {
  id: 'window-too-short',
  state: 'SUSPECT',
  remedy:
    'measure for at least twice the median response time, better for ten times (--duration, or longer --stages)',
  explain({ keepsUp, counts, load, latencyMs }) {
    const { p50 } = latencyMs.response;
    if (keepsUp !== null || counts.planned === 0 || p50 === null) return undefined;
    return (
      `whether it keeps up is not known: the window of ${formatDuration(durationMsOf(load))} is shorter than ` +
      `twice the median response time (${formatFigure(p50)} ms)`
    );
  },
};
