import { formatFigure } from '../../kernel/format.js';
import { formatDuration } from '../../kernel/units.js';
import { isClosedLoop } from '../../model/loads/index.js';
import type { CellRule } from '../cell-rule.js';

const REMEDY =
  'measure for at least twice the median response time, better for ten times (--duration, or longer --stages)';

export const windowTooShort: CellRule = {
  id: 'window-too-short',
  state: 'SUSPECT',
  explain({ keepsUp, counts, load, window, latencyMs }) {
    if (isClosedLoop(load)) return undefined;
    const { p50 } = latencyMs.response;
    if (keepsUp !== null || counts.planned === 0 || p50 === null) return undefined;
    const durationMs = window.durationMs;
    const message =
      `whether it keeps up is not known: the window of ${formatDuration(durationMs)} is shorter than ` +
      `twice the median response time (${formatFigure(p50)} ms)`;
    return { message, remedy: REMEDY, severity: p50 / durationMs };
  },
};
