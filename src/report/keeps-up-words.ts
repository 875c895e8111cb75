import { formatFigure, percent } from '../kernel/format.js';
import { keepsUp } from '../model/results/keeps-up.js';
import type { CellRecord } from '../model/results/cell-record.js';

/** Of a target: `keeps up`. */
export function keepsUpWords(kept: boolean | null): string {
  if (kept === null) return 'not known whether it keeps up';
  return kept ? 'keeps up' : 'does not keep up';
}

/** With what was seen of it: `keeps up: 100 % answered in time, backlog 14.9 early, 15.0 late`. */
export function keepsUpStory(cell: CellRecord): string {
  const { counts, backlog } = cell;
  if (cell.window.plannedRps === null) return 'a closed loop has no rate to keep up with';
  const words = keepsUpWords(keepsUp(cell));
  if (backlog === undefined || counts.planned === 0) return words;
  const answered = `${percent(counts.completed / counts.planned)} % answered in time`;
  return `${words}: ${answered}, ${backlogWords(backlog)}`;
}

function backlogWords(backlog: NonNullable<CellRecord['backlog']> | null): string {
  if (backlog === null) return 'window too short to see its backlog grow';
  const { earlyMean, lateMean, growth, allowedGrowth } = backlog;
  const change = `backlog ${formatFigure(earlyMean)} early, ${formatFigure(lateMean)} late`;
  return growth <= allowedGrowth ? change : `${change} (may grow by ${formatFigure(allowedGrowth)})`;
}
