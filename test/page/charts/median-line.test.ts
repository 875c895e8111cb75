import { describe, expect, it } from 'vitest';
import { medianLine, type Value } from '../../../src/page/charts/models/median-line.js';
import { linesOfCell, spectrumChart } from '../../../src/page/charts/models/spectrum-chart.js';
import { timeChart } from '../../../src/page/charts/models/time-chart.js';
import { valuesOf } from '../../../src/page/charts/models/panel-scales.js';
import { pageCell } from '../../support/page-cells.js';

const of = (...values: (number | null)[]): Value[] =>
  values.map((value) => value && { value, isLowerBound: false });

describe('several measurements of one line', () => {
  it('are drawn thin behind their median', () => {
    expect(medianLine([of(1, 10), of(2, 30), of(9, 20)])).toEqual({
      values: [2, 20],
      bounds: [false, false],
      behind: [
        [1, 10],
        [2, 30],
        [9, 20],
      ],
    });
  });

  it('have a median only where more than half of them are known', () => {
    expect(medianLine([of(1, null), of(2, null), of(null, 5)]).values).toEqual([1.5, null]);
    expect(medianLine([of(1), of(null)]).values).toEqual([null]);
  });

  it('give a lower bound where the middle one may be higher', () => {
    const bound: Value = { value: 5, isLowerBound: true };
    expect(medianLine([[bound], of(6), of(7)])).toMatchObject({ values: [6], bounds: [true] });
    expect(medianLine([of(6), of(7), [{ value: 8, isLowerBound: true }]]).bounds).toEqual([false]);
  });

  it('of which there is one, are that', () => {
    expect(medianLine([of(1, null)])).toEqual({ values: [1, null], bounds: [false, false], behind: [] });
  });
});

describe('a cell with repeats', () => {
  const repeats = [1, 2, 4].map((p50) => {
    const cell = pageCell({});
    return { ...cell, series: { ...cell.series, p50Ms: cell.series.second.map(() => p50) } };
  });
  const labelled = { label: 'A', cell: repeats[0]!, repeats };

  it('has the median of each second over all of them, and says what thin lines are', () => {
    const { panels, note } = timeChart([labelled]);
    const p50 = panels.flatMap(({ series }) => series).find(({ key }) => key === 'p50');
    expect(new Set(p50?.values)).toEqual(new Set([2]));
    expect(p50?.behind).toHaveLength(3);
    expect(note).toContain('Thin lines are the repeats');
    expect(timeChart([{ label: '', cell: pageCell({}) }]).note).not.toContain('Thin lines');
  });

  it('is drawn so by percentile, on axes that hold all of them', () => {
    const { panels, note } = spectrumChart(linesOfCell([labelled, labelled]));
    expect(panels[0]?.series.map(({ behind = [] }) => behind.length)).toEqual([3, 3, 3, 3]);
    expect(note).toContain('Thin lines are the repeats');
    const [panel] = timeChart([labelled]).panels.filter(({ title }) => title === 'Response time');
    expect(Math.max(...valuesOf(panel!))).toBeGreaterThanOrEqual(4);
  });
});
