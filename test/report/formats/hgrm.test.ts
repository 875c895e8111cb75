import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeHistogram } from '../../../src/measure/distribution.js';
import type { ReportCell } from '../../../src/model/report/report.js';
import { renderHgrm } from '../../../src/report/formats/hgrm.js';
import { cell } from '../../support/cells.js';
import { bareCell, measuredCell, storedReport } from '../../support/reports.js';

function textOf(one: ReportCell): string {
  return renderHgrm(storedReport([one]))[0]!.text;
}

/** A line as HdrHistogram's plotter takes it: four columns, and no remark. */
function plotted(text: string): { value: number; inverse: number }[] {
  return text.split('\n').flatMap((line) => {
    const columns = line.trim().split(/ +/);
    const [value, inverse] = [Number.parseFloat(columns[0]!), Number.parseFloat(columns[3]!)];
    if (line.startsWith('#') || columns.length !== 4) return [];
    return Number.isNaN(value) || Number.isNaN(inverse) ? [] : [{ value, inverse }];
  });
}

const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^ *\d/.test(line))
    .map((line) => line.trim().split(/ +/));

it('has the lines that HdrHistogram itself prints, but for values beyond the exact ends', () => {
  const times = fc.array(fc.integer({ min: 1, max: 20_000_000 }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(times, (answeredUs) => {
      const one = measuredCell({ answeredUs: [answeredUs] });
      const ours = textOf(one);
      const theirs = decodeHistogram(one.record.histograms.response).outputPercentileDistribution(5, 1000);
      const shape = (text: string): string[][] => rows(text).map(([, ...rest]) => rest);
      expect(shape(ours)).toEqual(shape(theirs));
      const { min, max } = one.record.latencyMs.response;
      const values = rows(theirs).map(([value]) => Math.max(min!, Math.min(Number(value), max!)));
      expect(rows(ours).map(([value]) => Number(value))).toEqual(values);
      const frame = (text: string): string[] =>
        text.split('\n').filter((line) => /^$|Value|Buckets/.test(line));
      expect(frame(ours)).toEqual(frame(theirs));
    }),
    { numRuns: 12 },
  );
}, 30_000);

it('gives the plotter a point for each step', () => {
  const points = plotted(
    textOf(measuredCell({ answeredUs: [Array.from({ length: 1000 }, (_, at) => 1000 * (at + 1))] })),
  );
  expect(points.length).toBeGreaterThan(40);
  expect(points[0]).toEqual({ value: 1, inverse: 1 });
  expect(points.find(({ inverse }) => inverse === 2)!.value).toBeCloseTo(500, -1);
});

it('says which values are lower bounds, in a remark that readers skip', () => {
  const text = textOf(measuredCell({ answeredUs: [[1000, 2000, 3000]], timedOutUs: [10_000_000] }));
  expect(text).toContain('#[The slowest 1 never ended: theirs are lower bounds]\n');
  expect(rows(text).at(-1)).toEqual(['10000.000', '1.000000000000', '4']);
});

it('has a frame without lines for a cell without requests', () => {
  expect(rows(textOf(bareCell()))).toEqual([]);
});

it('stays in its folder whatever the record calls the cell', () => {
  const files = renderHgrm(storedReport([bareCell(cell({ id: '../../etc/passwd' }))]));
  expect(files.map(({ name }) => name)).toEqual(['etc_passwd.hgrm']);
});
