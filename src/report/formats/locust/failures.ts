import { askedOf } from '../../../model/results/subject.js';
import { oneLine } from '../../../kernel/text.js';
import { wrongStatuses } from '../../../model/results/wrong-statuses.js';
import type { ReportCell } from '../../../model/report/report.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import type { CsvValue } from '../csv-text.js';

/** A row for each kind of failure of each cell. */
export function failureRows(cells: readonly ReportCell[]): CsvValue[][] {
  return cells.flatMap(({ record }) => {
    const kinds = kindsOf(record).filter(([, count]) => count > 0);
    const [firstSeen, lastSeen] = kinds.length === 1 ? seen(record) : ['', ''];
    return kinds.map(([kind, count]) => [
      oneLine(askedOf(record.subject).method),
      oneLine(askedOf(record.subject).path),
      oneLine(kind),
      count,
      firstSeen,
      lastSeen,
    ]);
  });
}

function kindsOf(cell: CellRecord): [kind: string, count: number][] {
  const { failures, counts } = cell;
  return [
    ...wrongStatuses(cell).map(([status, count]): [string, number] => [`status ${status}`, count]),
    ...Object.entries(failures),
    ['timed out', counts.timedOut],
    ['dropped, never sent', counts.dropped],
    ['unfinished', counts.unfinished],
  ];
}

/** The seconds tell when requests failed, not of what: so this is known of a cell with one kind only. */
function seen({ startedAt, series }: CellRecord): [first: string, last: string] {
  const seconds = series.filter(({ failed }) => failed > 0).map(({ second }) => second);
  const [first, last] = [seconds[0], seconds.at(-1)];
  if (first === undefined || last === undefined) return ['', ''];
  const atSecond = (second: number): string =>
    `${new Date(Date.parse(startedAt) + 1000 * second).toISOString().slice(0, 19)}Z`;
  return [atSecond(first), atSecond(last)];
}
