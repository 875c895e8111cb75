import { askedOf } from '../../../src/model/results/subject.js';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/model/report/report.js';
import { renderLocust } from '../../../src/report/formats/locust/render-locust.js';
import { cell } from '../../support/cells.js';
import { bareCell, measuredCell, mixedReport, storedReport } from '../../support/reports.js';

type Row = Readonly<Record<string, string>>;

function rowsOf(report: Report, name: string): Row[] {
  const file = renderLocust(report).find((one) => one.name === name);
  return parse(file!.text, { columns: true });
}

// Written by Locust 2.47.0 itself.
const STATS =
  'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\r\n';
const HISTORY =
  'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n';
const FAILURES = 'Method,Name,Error,Occurrences,First Seen,Last Seen\r\n';

describe('Locust files', () => {
  it('begin with the lines that Locust writes', () => {
    const [stats, history, failures] = renderLocust(storedReport([bareCell()]));
    expect([stats!.name, history!.name, failures!.name]).toEqual([
      'locust_stats.csv',
      'locust_stats_history.csv',
      'locust_failures.csv',
    ]);
    expect(stats!.text.startsWith(STATS)).toBe(true);
    expect(history!.text.startsWith(HISTORY)).toBe(true);
    expect(failures!.text).toBe(FAILURES);
  });

  it('are a set for each load, worker count and repeat', () => {
    const names = (...cells: Parameters<typeof cell>[0][]): string[] =>
      renderLocust(storedReport(cells.map((changes) => bareCell(cell(changes)))))
        .map(({ name }) => name)
        .filter((name) => name.endsWith('_stats.csv'));
    expect(names({}, { load: { ratePerSecond: 2000 } })).toEqual([
      'locust_1000_stats.csv',
      'locust_2000_stats.csv',
    ]);
    expect(names({}, { workers: 4 })).toEqual(['locust_1000_w1_stats.csv', 'locust_1000_w4_stats.csv']);
    expect(names({}, { repeat: 2 })).toEqual(['locust_1000_r1_stats.csv', 'locust_1000_r2_stats.csv']);
  });

  it('have every figure of the cells', () => {
    const report = mixedReport();
    const groups = [
      ['locust_100_stats.csv', report.cells.slice(0, 2)],
      ['locust_200_stats.csv', report.cells.slice(2)],
    ] as const;
    for (const [name, cells] of groups) {
      const rows = rowsOf(report, name);
      for (const [at, { record }] of cells.entries()) {
        const { counts, latencyMs, bytes } = record;
        const failures = counts.planned - counts.succeeded;
        expect(rows[at]).toMatchObject({
          Type: askedOf(record.subject).method,
          Name: askedOf(record.subject).path,
          'Request Count': String(counts.planned),
          'Failure Count': String(failures),
          'Median Response Time': String(latencyMs.response.p50),
          'Average Response Time': String(latencyMs.response.mean),
          'Min Response Time': String(latencyMs.response.min),
          'Max Response Time': String(latencyMs.response.max),
          'Average Content Size': String(bytes.received / counts.planned),
          'Failures/s': String(failures / 2),
          'Requests/s': String(record.achievedRps + failures / 2),
        });
        const levels = {
          '50%': 'p50',
          '75%': 'p75',
          '90%': 'p90',
          '95%': 'p95',
          '99%': 'p99',
          '99.9%': 'p999',
        } as const;
        for (const [column, figure] of Object.entries(levels) as [string, 'p50'][])
          expect(Number(rows[at]![column]) / latencyMs.response[figure]!).toBeCloseTo(1, 3);
        expect(rows[at]!['100%']).toBe(String(latencyMs.response.max));
      }
      const sum = (column: string): number =>
        rows.slice(0, -1).reduce((total, row) => total + Number(row[column]), 0);
      const aggregated = rows.at(-1)!;
      expect([aggregated['Type'], aggregated['Name']]).toEqual(['', 'Aggregated']);
      expect(Number(aggregated['Request Count'])).toBe(sum('Request Count'));
      expect(Number(aggregated['Failure Count'])).toBe(sum('Failure Count'));
      // Cells follow one another: their rates do not add up.
      expect(Number(aggregated['Requests/s'])).toBeCloseTo(sum('Requests/s') / 2, 9);
    }
  });

  it('have percentiles of all endpoints together within 7 %', () => {
    const times = fc.array(fc.integer({ min: 50, max: 5_000_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(times, times, (one, other) => {
        const report = storedReport(
          [measuredCell({ answeredUs: [one] }), measuredCell({ answeredUs: [other] })].map((each) => ({
            ...each,
            record: { ...each.record, load: cell().load },
          })),
        );
        const aggregated = rowsOf(report, 'locust_stats.csv').at(-1)!;
        const sorted = [...one, ...other].toSorted((a, b) => a - b);
        for (const percent of [50, 66, 75, 80, 90, 95, 98, 99, 99.9, 99.99, 100]) {
          const exactMs = sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1]! / 1000;
          expect(Math.abs(Number(aggregated[`${percent}%`]) / exactMs - 1)).toBeLessThan(0.07);
        }
      }),
      { numRuns: 15 },
    );
  }, 30_000);

  it('have a history of which the last rows are the statistics', () => {
    const report = mixedReport();
    const history = rowsOf(report, 'locust_200_stats_history.csv');
    const stats = rowsOf(report, 'locust_200_stats.csv');
    const totals = (row: Row): string[] =>
      [
        ...['Request Count', 'Failure Count', 'Median Response Time', 'Average Response Time'],
        ...['Min Response Time', 'Max Response Time', 'Average Content Size'],
      ].map((column) => row[`Total ${column}`] ?? row[column]!);
    expect(totals(history.at(-1)!)).toEqual(totals(stats.at(-1)!));
    expect(totals(history.at(-2)!)).toEqual(totals(stats.at(-2)!));
  });

  it('have a history of seconds: requests in flight as users, rates of the last ten seconds', () => {
    const seconds = Array.from({ length: 12 }, (_, second) => Array.from({ length: second + 1 }, () => 1000));
    const rows = rowsOf(storedReport([measuredCell({ answeredUs: seconds })]), 'locust_stats_history.csv');
    const own = rows.filter(({ Name }) => Name !== 'Aggregated');
    const startS = Date.parse(cell().startedAt) / 1000;
    expect(own.map((row) => Number(row['Timestamp']) - startS)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect(own.map((row) => Number(row['User Count']))).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(own[0]!['Requests/s']).toBe('1.000000');
    expect(own[11]!['Requests/s']).toBe('7.500000');
    expect(own.map((row) => Number(row['Total Request Count']))).toEqual([
      1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 66, 78,
    ]);
  });

  it('say N/A for a percentile that falls upon requests without an end, in the history', () => {
    const report = storedReport([
      measuredCell({ answeredUs: [[1000, 1000, 1000]], timedOutUs: [9_000_000] }),
    ]);
    const [row] = rowsOf(report, 'locust_stats_history.csv');
    expect([Number(row!['75%']).toFixed(1), row!['80%'], row!['100%']]).toEqual(['1.0', 'N/A', 'N/A']);
    // The statistics write the bound itself.
    expect(rowsOf(report, 'locust_stats.csv')[0]!['100%']).toBe('9000');
  });

  it('break the failures down by kind, with the time where only one can have been meant', () => {
    const counts = { planned: 20, succeeded: 10, failed: 7, timedOut: 1, dropped: 1, unfinished: 1 };
    const broken = bareCell(
      cell({ counts, statusCodes: { '200': 10, '503': 4 }, failures: { 'connection-refused': 3 } }),
    );
    const rows = rowsOf(storedReport([broken]), 'locust_failures.csv');
    expect(rows.map((row) => [row['Error'], row['Occurrences'], row['First Seen']])).toEqual([
      ['status 503', '4', ''],
      ['connection-refused', '3', ''],
      ['timed out', '1', ''],
      ['dropped, never sent', '1', ''],
      ['unfinished', '1', ''],
    ]);
    const [only] = rowsOf(mixedReport(), 'locust_200_failures.csv');
    expect(only).toMatchObject({
      Error: 'timed out',
      Occurrences: '200',
      'First Seen': '2026-01-15T12:00:31Z',
    });
  });
});
