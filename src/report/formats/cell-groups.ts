import type { ReportCell } from '../../model/report/report.js';
import { safeFileName } from '../../kernel/text.js';
import { loadName } from '../../model/loads/index.js';
import { titleOf } from '../table-model.js';

/** Cells that differ in their endpoints only: one load, one sizing, one repeat. */
export interface CellGroup {
  /** `1000 requests/s · 1 worker · repeat 2`; the repeat only when there are several. */
  readonly title: string;
  /** `1000_w4_r2`, as in the names of cells: a part of a file's name that no other group of the run has. */
  readonly slug: string;
  readonly cells: readonly [ReportCell, ...ReportCell[]];
}

/** In the order in which they were first measured. */
export function cellGroups(cells: readonly ReportCell[]): CellGroup[] {
  const isRepeated = cells.some(({ record }) => record.repeat > 1);
  const groups = new Map<string, [ReportCell, ...ReportCell[]]>();
  for (const cell of cells) {
    const title = titleOf(cell.record, isRepeated);
    const members = groups.get(title);
    if (members === undefined) groups.set(title, [cell]);
    else members.push(cell);
  }
  const areWorkersSeveral = new Set(cells.map(({ record }) => record.workers)).size > 1;
  const taken = new Set<string>();
  return [...groups].map(([title, members]) => {
    const { load, workers, case: limits, repeat } = members[0].record;
    const parts = [
      loadName(load).replace('/s', ''),
      ...(limits === undefined ? [] : [limits.name]),
      ...(areWorkersSeveral ? [`w${workers}`] : []),
      ...(isRepeated ? [`r${repeat}`] : []),
    ];
    return { title, slug: newSlug(safeFileName(parts.join('_')), taken), cells: members };
  });
}

function newSlug(name: string, taken: Set<string>): string {
  let slug = name;
  // Some loads differ only in what a file's name cannot hold.
  for (let copy = 2; taken.has(slug); copy += 1) slug = `${name}_${copy}`;
  taken.add(slug);
  return slug;
}
