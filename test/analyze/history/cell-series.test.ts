import { describe, expect, test } from 'vitest';
import { cellSeries } from '../../../src/analyze/history/cell-series.js';
import { figureById } from '../../../src/model/figures/index.js';
import { cellOf } from '../../support/histories.js';

const p50 = [figureById('p50')];

function valuesOf(runs: Parameters<typeof cellSeries>[0], figures = p50): (readonly [number, number])[][] {
  return cellSeries(runs, figures).map(({ values }) => values.map(({ run, value }) => [run, value] as const));
}

describe('the series of a cell', () => {
  test('holds the median of the repeats of each run', () => {
    expect(valuesOf([[cellOf(1), cellOf(3), cellOf(2)], [cellOf(5)]])).toEqual([
      [
        [0, 2],
        [1, 5],
      ],
    ]);
  });

  test('has a gap where a run did not measure it', () => {
    expect(valuesOf([[cellOf(1)], [], [cellOf(3)]])).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
    ]);
  });

  test.each([
    ['another path', { operation: { path: '/other' } }],
    ['more workers', { workers: 4 }],
    ['another rate', { load: { ratePerSecond: 2000 } }],
    ['another length', { load: { durationMs: 20_000 } }],
  ])('is not that of %s', (_, changes) => {
    expect(valuesOf([[cellOf(1)], [cellOf(2, changes)]])).toHaveLength(2);
  });

  test('goes on when an operation gets another id, under the newest', () => {
    const [series, ...others] = cellSeries([[cellOf(1)], [cellOf(2, { operation: { id: 'renamed' } })]], p50);
    expect(others).toEqual([]);
    expect(series?.subject.id).toBe('renamed');
  });

  test('is without what the generator limited, and says so', () => {
    const invalid = cellOf(9, { verdict: { state: 'INVALID', reasons: [] } });
    const [series] = cellSeries([[cellOf(1)], [invalid], [cellOf(3), invalid]], p50);
    expect(series).toMatchObject({ without: { invalid: 1, behind: 0 } });
    expect(series?.values.map(({ value }) => value)).toEqual([1, 3]);
  });

  test('is without latencies of a target that did not keep up, and has its achieved rate', () => {
    const behind = cellOf(900, { keepsUp: false, achievedRps: 700 });
    const [latency, achieved] = cellSeries([[cellOf(1)], [behind]], [...p50, figureById('achieved')]);
    expect(latency).toMatchObject({ without: { invalid: 0, behind: 1 }, values: [{ run: 0, value: 1 }] });
    expect(achieved?.values.map(({ value }) => value)).toEqual([1000, 700]);
  });

  test('is in the order of the newest run, then come those that are no longer measured', () => {
    const a = cellOf(1, { operation: { id: 'a', path: '/a' } });
    const b = cellOf(1, { operation: { id: 'b', path: '/b' } });
    const old = cellOf(1, { operation: { id: 'old', path: '/old' } });
    const order = cellSeries(
      [
        [old, a, b],
        [b, a],
      ],
      p50,
    );
    expect(order.map(({ subject }) => subject.id)).toEqual(['b', 'a', 'old']);
  });
});
