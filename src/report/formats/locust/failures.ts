import { askedOf } from '../../../model/results/subject.js';
import { oneLine } from '../../../kernel/text.js';
import { operationsOf } from '../../../model/figures/operation-figures.js';
import { wrongStatuses } from '../../../model/results/wrong-statuses.js';
import type { ReportCell } from '../../../model/report/report.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import type { CsvValue } from '../csv-text.js';

/** A row for each kind of failure of each cell, or of each operation of a mixture. */
export function failureRows(cells: readonly ReportCell[]): CsvValue[][] {
  return cells.flatMap(({ record }) => {
    const all = failingOf(record).flatMap(({ method, path, of }) =>
      kindsOf(of).map(([kind, count]) => ({ method, path, kind, count })),
    );
    const kinds = all.filter(({ count }) => count > 0);
    const [firstSeen, lastSeen] = kinds.length === 1 ? seen(record) : ['', ''];
    return kinds.map(({ method, path, kind, count }) => [
      oneLine(method),
      oneLine(path),
      oneLine(kind),
      count,
      firstSeen,
      lastSeen,
    ]);
  });
}

type Failing = Pick<CellRecord, 'failures' | 'counts' | 'statusCodes' | 'expect'>;

function failingOf(record: CellRecord): { method: string; path: string; of: Failing }[] {
  const operations = operationsOf(record);
  if (operations.length === 0) return [{ ...askedOf(record.subject), of: record }];
  return operations.map(({ method, path, record: of }) => ({ method, path, of }));
}

function kindsOf(of: Failing): [kind: string, count: number][] {
  const { failures, counts } = of;
  return [
    ...wrongStatuses(of).map(([status, count]): [string, number] => [`status ${status}`, count]),
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
