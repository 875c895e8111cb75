import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import { nearest, oneLine } from '../../kernel/text.js';
import type { Report, ReportCell } from '../../model/report/report.js';

const MOST_NAMED = 8;

/** The cell that `--cell` names. Throws `UserError` with the names that come nearest. */
export function chooseCell({ name, cells }: Report, id: string): ReportCell {
  const found = cells.find(({ record }) => record.id === id);
  if (found) return found;
  const ids = cells.map(({ record }) => oneLine(record.id));
  const near = nearest(id, ids, 3);
  const hint =
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : `Its cells: ${ids.slice(0, MOST_NAMED).join(', ')}${ids.length > MOST_NAMED ? ', …' : ''}`;
  throw new UserError(
    'usage',
    `--cell: a cell of ${oneLine(name)} (${plural(cells.length, 'cell')}) was expected, not "${oneLine(id)}"`,
    ids.length === 0 ? 'It holds no finished cell.' : hint,
  );
}
