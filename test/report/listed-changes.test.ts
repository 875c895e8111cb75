import { describe, expect, test } from 'vitest';
import { compareReports } from '../../src/analyze/compare/compare-reports.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { renderComparisonMarkdown } from '../../src/report/formats/comparison-markdown.js';
import { listedChanges } from '../../src/report/listed-changes.js';
import { renderComparison } from '../../src/report/terminal/render-comparison.js';
import { latency } from '../support/cells.js';
import { sound } from '../support/ended-runs.js';
import { reportOf } from '../support/reports.js';

const p99 = (id: string, value: number, repeat = 1): CellRecord =>
  sound(id, 100, { repeat, latencyMs: { response: latency({ p99: value }) } });
const compare = (base: readonly CellRecord[], candidate: readonly CellRecord[]) =>
  compareReports([reportOf(base)], [reportOf(candidate)]);
const listed = (base: readonly CellRecord[], candidate: readonly CellRecord[]): string[] =>
  listedChanges(compare(base, candidate)).flatMap(({ title, changes }) =>
    changes.map(({ title: figure, change, cell }) => `${title}: ${figure} ${change} ${cell}`),
  );

describe('the changes that are listed', () => {
  test('are regressions first: a larger improvement hides none', () => {
    const before = [p99('slower', 10), p99('faster', 10)];
    const after = [p99('slower', 16), p99('faster', 5)];
    expect(listed(before, after)).toEqual([
      'Worse: P99 +60% slower 100/s, 1 worker',
      'Better: P99 −50% faster 100/s, 1 worker',
    ]);
    const comparison = compare(before, after);
    for (const text of [
      renderComparison(comparison, { width: 100, color: false }),
      renderComparisonMarkdown(comparison).text,
    ]) {
      expect(text.indexOf('+60%')).toBeGreaterThan(-1);
      expect(text.indexOf('+60%')).toBeLessThan(text.indexOf('−50%'));
    }
  });

  test('are above the spread of the repeats', () => {
    const repeats = (...values: number[]): CellRecord[] => values.map((value, at) => p99('a', value, at + 1));
    expect(listed(repeats(8, 10, 13), repeats(12, 14, 16))).toEqual([]);
    expect(listed(repeats(8, 10, 11), repeats(12, 14, 16))).toEqual(['Worse: P99 +40% a 100/s, 1 worker']);
  });

  test('are no trifles: 5 %, and of latency 0.05 ms', () => {
    expect(listed([p99('a', 10)], [p99('a', 10.49)])).toEqual([]);
    expect(listed([p99('a', 10)], [p99('a', 10.51)])).toHaveLength(1);
    expect(listed([p99('a', 0.1)], [p99('a', 0.14)])).toEqual([]);
  });

  test('are at most three of a figure, the largest, with the number of the others', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const before = ids.map((id) => p99(id, 10));
    const after = ids.map((id, at) => p99(id, 20 + at));
    const [section] = listedChanges(compare(before, after));
    expect(section?.changes.map(({ cell }) => cell[0])).toEqual(['e', 'd', 'c']);
    expect(section?.left).toBe(2);
  });

  test('leave out what is INVALID on a side', () => {
    const invalid = { ...p99('a', 99), verdict: { state: 'INVALID' as const, reasons: [] } };
    expect(listed([p99('a', 10)], [invalid])).toEqual([]);
  });
});
