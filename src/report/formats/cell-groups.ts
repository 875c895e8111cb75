import type { ReportCell } from '../../model/report.js';
import { safeFileName } from '../../kernel/text.js';
import type { CellRecord } from '../../model/run-record.js';
import { planName } from '../plan-words.js';
import { titleOf } from '../table-model.js';

/** Cells that differ in their endpoints only: one load, one worker count, one repeat. */
export interface CellGroup {
  /** `1000 requests/s · 1 worker · repeat 2`; the repeat only when there are several. */
  readonly title: string;
  /** `1000_w1_r2`: a safe part of a file's name that no other group of the run has. */
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
  const slugs = new Set<string>();
  return [...groups].map(([title, members]) => ({
    title,
    slug: newSlug(members[0].record, slugs),
    cells: members,
  }));
}

function newSlug({ load, workers, repeat }: CellRecord, taken: Set<string>): string {
  const name = safeFileName(`${planName(load)}_w${workers}_r${repeat}`);
  let slug = name;
  // Some loads differ only in what a file's name cannot hold.
  for (let copy = 2; taken.has(slug); copy += 1) slug = `${name}_${copy}`;
  taken.add(slug);
  return slug;
}
