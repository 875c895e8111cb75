import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketEdgeUs, bucketWithEdge } from '../../../src/model/results/latency-buckets.js';
import type { PageData } from '../../../src/model/report/page-data.js';
import type { LatencyBuckets, Report, Spectrum } from '../../../src/model/report/report.js';
import { pageData, pageJson } from '../../../src/report/html/page-data.js';
import { pageHeat } from '../../../src/report/html/page-heat.js';
import { pageSeries } from '../../../src/report/html/page-series.js';
import { pageSpectrum } from '../../../src/report/html/page-spectrum.js';
import { rounded, roundedDown } from '../../../src/report/html/round-figures.js';
import { shownName } from '../../../src/report/shown-text.js';
import { cell, latency, seriesOf, type CellChanges } from '../../support/cells.js';
import { storedReport } from '../../support/reports.js';

const NO_SPECTRUM: Spectrum = { count: 0, points: [] };

function reportOf(changes: CellChanges, buckets: readonly LatencyBuckets[] = []): Report {
  const spectra = { response: NO_SPECTRUM, service: NO_SPECTRUM, sendLag: NO_SPECTRUM, byOperation: [] };
  return storedReport([{ record: cell(changes), buckets, samples: [], spectra }], { run: null });
}

function pageCellOf(changes: CellChanges, buckets: readonly LatencyBuckets[] = []) {
  return pageData([reportOf(changes, buckets)]).runs[0]!.cells[0]!;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

describe('the data of a page', () => {
  it('labels the runs of a comparison A and B', () => {
    const { runs } = pageData([reportOf({}), reportOf({})]);
    expect(runs.map(({ label }) => label)).toEqual(['A', 'B']);
  });

  it('tells operations apart whose names differ in the middle alone, which is not shown', () => {
    const [first, second] = ['a', 'b'].map((middle) => 'x'.repeat(500) + middle + 'x'.repeat(500));
    const { runs } = pageData([
      reportOf({ operation: { id: first! } }),
      reportOf({ operation: { id: second! } }),
    ]);
    const shown = shownName(first!);
    expect(runs.map(({ cells }) => cells[0]!.endpoint)).toEqual([shown, `${shown} (2)`]);
  });

  it('cannot end the script element in which it stands', () => {
    const report = reportOf({ operation: { id: '</script><script>alert(1)//', path: '<!--\u2028' } });
    const json = pageJson(pageData([report]));
    expect(json).not.toMatch(/[<\u2028]/);
    expect((JSON.parse(json) as PageData).runs[0]?.cells[0]?.endpoint).toBe('</script><script>alert(1)//');
  });

  it('takes out of names what turns the direction of text', () => {
    expect(pageCellOf({ operation: { id: 'a\u202eb\nc' } }).endpoint).toBe('a b c');
  });

  it('names the metrics that are lower bounds, and rounds these down', () => {
    const response = latency({ p99: 10_005.4799, lowerBounds: ['p99', 'max'], censored: 12 });
    const shown = pageCellOf({ latencyMs: { response } });
    expect(shown.lowerBounds).toEqual(['p99']);
    expect(shown.metrics['p99']).toBe(10_005.4);
    expect(shown.censored).toBe(12);
  });

  it('does not make a success of nearly all one of all', () => {
    expect(pageCellOf({ successRate: 0.999_999_9 }).metrics['success']).toBe(99.9999);
  });

  it('keeps what is not known unknown', () => {
    const shown = pageCellOf({ gauges: null, series: seriesOf([1, null, 3]) });
    expect(shown.metrics['cpu']).toBeNull();
    expect(shown.series.p50Ms).toEqual([1, null, 3]);
  });

  it('gives a cell of changing rate no place among rates', () => {
    const stages = [{ fromRatePerSecond: 0, toRatePerSecond: 100, durationMs: 10_000 }];
    expect(pageCellOf({ load: { kind: 'stages', stages } }).place).toBeNull();
    expect(pageCellOf({}).place).toEqual({ x: 1000, label: '1000/s' });
  });

  it('holds finite numbers and nulls only, whatever the cell', () => {
    const anyFigure = fc.option(fc.double({ min: 0, max: 1e7, noNaN: true }), { nil: null });
    const property = fc.property(
      fc.array(anyFigure, { maxLength: 30 }),
      fc.record({ p50: anyFigure, p95: anyFigure, p99: anyFigure, max: anyFigure }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (medians, figures, successRate) => {
        const response = latency(figures);
        const shown = pageCellOf({ series: seriesOf(medians), latencyMs: { response }, successRate });
        expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
        expect(shown.metrics['success'] === 100).toBe(successRate === 1);
      },
    );
    fc.assert(property);
  });
});

describe('the seconds of a page', () => {
  it('stay what they are up to ten minutes', () => {
    const series = pageSeries(cell({ series: seriesOf(Array.from({ length: 600 }, () => 1)) }));
    expect(series.secondsPerPoint).toBe(1);
    expect(series.second).toHaveLength(600);
  });

  it('are merged beyond without losing a request, and keep the worst percentile', () => {
    const property = fc.property(
      fc.array(fc.record({ sent: fc.nat(5000), failed: fc.nat(50), p99Ms: fc.nat(9000) }), {
        minLength: 601,
        maxLength: 2000,
      }),
      (seconds) => {
        const [first] = cell().series;
        const series = pageSeries(
          cell({ series: seconds.map((second, at) => ({ ...first!, ...second, second: at })) }),
        );
        expect(sum(series.sent)).toBe(sum(seconds.map(({ sent }) => sent)));
        expect(sum(series.failed)).toBe(sum(seconds.map(({ failed }) => failed)));
        expect(Math.max(...series.p99Ms.map(Number))).toBe(Math.max(...seconds.map(({ p99Ms }) => p99Ms)));
        expect(series.second.length).toBeLessThanOrEqual(600);
        expect(series.endSecond).toBe(seconds.length);
      },
    );
    fc.assert(property, { numRuns: 20 });
  });
});

describe('the heat-map of a page', () => {
  const second = fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 1, max: 1000 })), {
      selector: ([bucket]) => bucket,
      maxLength: 10,
    })
    .map((pairs) => pairs.map(([bucket, count]) => [bucketEdgeUs(bucket), count] as const));

  it('keeps each answer when seconds are merged', () => {
    const property = fc.property(fc.array(second, { maxLength: 400 }), (seconds) => {
      const heat = pageHeat(seconds);
      const counts = heat?.columns.flatMap((column) => column.filter((_, at) => at % 2 === 1)) ?? [];
      expect(sum(counts)).toBe(sum(seconds.flat().map(([, count]) => count)));
      expect(heat?.columns.length ?? 0).toBeLessThanOrEqual(150);
    });
    fc.assert(property, { numRuns: 30 });
  });

  it('puts a row between the edges of its bucket', () => {
    expect(pageHeat([[[960, 3]], [[1280, 2]]])).toEqual({
      secondsPerColumn: 1,
      edgesMs: [0.96, 1.024, 1.152, 1.28, 1.408],
      columns: [
        [0, 3],
        [3, 2],
      ],
    });
  });

  it('is missing where no second has a distribution', () => {
    expect(pageHeat([])).toBeNull();
    expect(pageHeat([[], []])).toBeNull();
  });

  it('finds each bucket by its stored edge', () => {
    const property = fc.property(fc.integer({ min: 0, max: 255 }), (bucket) => {
      expect(bucketWithEdge(Math.round(bucketEdgeUs(bucket) * 1000) / 1000)).toBe(bucket);
    });
    fc.assert(property);
  });
});

describe('a spectrum of a page', () => {
  const points = [
    { quantile: 0.3, valueMs: 1, count: 300, isLowerBound: false },
    { quantile: 0.991, valueMs: 5.01, count: 991, isLowerBound: false },
    { quantile: 1, valueMs: 9000.9, count: 1000, isLowerBound: true },
  ];

  it('has the figures of the cell among its points', () => {
    const figures = latency({
      p50: 2,
      p75: 2,
      p90: 3,
      p95: 4,
      p99: 5,
      p999: 9000.9,
      max: 9000.9,
      lowerBounds: ['p999', 'max'],
    });
    expect(pageSpectrum({ count: 1000, points }, figures)).toEqual({
      count: 1000,
      slowerShare: [0.7, 0.5, 0.25, 0.1, 0.05, 0.01, 0.009, 0.001, 0],
      valueMs: [1, 2, 2, 3, 4, 5, 5.01, 9000.9, 9000.9],
      boundFrom: 7,
    });
  });
});

describe('rounding for a page', () => {
  it('keeps four digits, and never raises what must not rise', () => {
    const property = fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (value) => {
      expect(roundedDown(value)).toBeLessThanOrEqual(value);
      expect(roundedDown(value)).toBeGreaterThan(value * 0.998);
      expect(Math.abs(rounded(value) - value)).toBeLessThanOrEqual(value * 0.000_501);
      expect(
        String(rounded(value))
          .replace(/e.*|\D|^0\.?0*/g, '')
          .replace(/0+$/, '').length,
      ).toBeLessThan(6);
    });
    fc.assert(property);
  });

  it.each([0, 1, 0.001, 999.96, 12345.678, 1e-9, 33.3333, 1e15, -0.56789])(
    'of %d is as in print',
    (value) => {
      expect(rounded(value)).toBe(Number(value.toPrecision(4)));
    },
  );
});
