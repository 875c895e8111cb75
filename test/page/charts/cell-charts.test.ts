import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageSpectrum } from '../../../src/model/report/page-data.js';
import { countsOf, distributionChart } from '../../../src/page/charts/models/distribution-chart.js';
import { heatChart, heatRows } from '../../../src/page/charts/models/heat-chart.js';
import { heatColor, heatShare } from '../../../src/page/charts/models/heat-colors.js';
import { namedCells, slowestFirst } from '../../../src/page/charts/models/named-cells.js';
import {
  linesOfCell,
  percentileName,
  sharesDownTo,
  spectrumChart,
  valueAt,
} from '../../../src/page/charts/models/spectrum-chart.js';
import { logTicks } from '../../../src/page/charts/models/ticks.js';
import { perSecond, timeChart } from '../../../src/page/charts/models/time-chart.js';
import { tickLabel, toldAt, toldValue } from '../../../src/page/charts/models/told-values.js';
import { ACROSS_RATES, pageCell } from '../../support/page-cells.js';

const SPECTRUM: PageSpectrum = {
  count: 1000,
  slowerShare: [0.5, 0.1, 0.01, 0.001, 0],
  valueMs: [1, 2, 5, 9, 12],
  boundFrom: 4,
};

describe('a spectrum', () => {
  it('says of a percentile what no more than the rest exceeds', () => {
    expect(valueAt(SPECTRUM, 0.01)).toEqual({ valueMs: 5, isLowerBound: false });
    expect(valueAt(SPECTRUM, 0.011)).toEqual({ valueMs: 5, isLowerBound: false });
    expect(valueAt(SPECTRUM, 0.0005)).toEqual({ valueMs: 12, isLowerBound: true });
  });

  it('ends where its last request does', () => {
    expect(valueAt(SPECTRUM, 0.0004)).toBeNull();
    expect(valueAt({ ...SPECTRUM, slowerShare: [0.5], valueMs: [1] }, 0.1)).toBeNull();
    expect(valueAt({ count: 0, slowerShare: [], valueMs: [], boundFrom: 0 }, 1)).toBeNull();
  });

  it('never falls towards the slowest', () => {
    const property = fc.property(fc.integer({ min: 1, max: 1e7 }), (count) => {
      const shares = sharesDownTo(count);
      expect(shares[0]).toBe(1);
      expect(shares.at(-1)).toBe(0.5 / count);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
    });
    fc.assert(property);
    const values = sharesDownTo(1000).map((share) => valueAt(SPECTRUM, share)?.valueMs ?? 0);
    expect(values).toEqual([...values].sort((a, b) => a - b));
  });

  it('names percentiles with the digits they need, never 100 %', () => {
    expect([1, 0.5, 0.1, 0.05, 0.01, 0.001, 0.0001].map(percentileName)).toEqual([
      '0 %',
      '50 %',
      '90 %',
      '95 %',
      '99 %',
      '99.9 %',
      '99.99 %',
    ]);
    const property = fc.property(fc.double({ min: 1e-8, max: 1, noNaN: true }), (share) => {
      expect(Number.parseFloat(percentileName(share))).toBeLessThan(100);
    });
    fc.assert(property);
  });

  it('of one cell has the send lag beside the response', () => {
    const cell = pageCell({ spectra: { response: SPECTRUM, service: SPECTRUM, sendLag: SPECTRUM } });
    const model = spectrumChart(linesOfCell([{ label: '', cell }]));
    expect(model.panels[0]?.series.map(({ key }) => key)).toEqual([
      'Response time',
      'Service time',
      'Send lag',
    ]);
    expect(model.note).toContain('never ended');
    const p99 = model.xs.indexOf(1 / 0.01);
    expect(toldAt(model.panels[0]!.series[0]!, model.panels[0]!, p99)).toBe('5.00 ms');
  });
});

describe('the time series of a cell', () => {
  it('marks the end of the window and keeps gaps', () => {
    const model = timeChart([{ label: '', cell: pageCell({}) }]);
    expect(model.marks).toEqual([{ value: 2, label: 'end of the window' }]);
    expect(model.xs).toEqual([0.5, 1.5, 2.5]);
    const latency = model.panels.find(({ title }) => title === 'Response time');
    expect(latency?.series[0]?.values).toEqual([1, null, 2]);
    expect(model.x.told(2.5)).toBe('second 2');
  });

  it('leaves out what is not known of any second, and says why', () => {
    const { series } = pageCell({});
    const cell = pageCell({
      series: { ...series, gauges: [] },
    });
    const model = timeChart([{ label: '', cell }]);
    expect(model.panels.map(({ title }) => title)).toEqual(['Rate', 'Response time', 'In flight']);
    expect(model.note).toContain('CPU and memory are not known');
  });

  it('makes rates of counts over several seconds, the last of which may be fewer', () => {
    const series = { ...pageCell({}).series, secondsPerPoint: 4, second: [0, 4, 8], endSecond: 9 };
    expect(perSecond(series, [400, 200, 50])).toEqual([100, 50, 50]);
  });
});

describe('the heat-map and the distribution of a cell', () => {
  const heat = { secondsPerColumn: 2, edgesMs: [1, 2, 4, 8], columns: [[0, 3, 2, 1], [], [1, 5]] };

  it('tell what lies under the cursor', () => {
    const layer = heatChart(pageCell({ heat }))!.panels[0]!.heat!;
    expect(layer.told(0, 5)).toBe('4 to 8.00 ms: 1');
    expect(layer.told(1, 1.5)).toBe('1 to 2.00 ms: 0');
    expect(layer.told(0, 9)).toBeNull();
    expect(layer.highest).toBe(5);
  });

  it('have the same answers', () => {
    expect(countsOf(heat)).toEqual([3, 5, 1]);
    expect(heatRows(heat).map((row) => row.at(-1))).toEqual(['3', '1', '5']);
  });

  it('compare steps of any width, and tell the real counts', () => {
    const model = distributionChart(pageCell({ heat: { ...heat, edgesMs: [1, 2, 4, 16] } }))!;
    const [series] = model.panels[0]!.series;
    expect(series!.values[2]!).toBeCloseTo(Math.log(1.1) / Math.log(4));
    expect(toldAt(series!, model.panels[0]!, 2)).toBe('1');
  });

  it('are missing when the seconds were not kept', () => {
    expect(heatChart(pageCell({ heat: null }))).toBeNull();
    expect(distributionChart(pageCell({ heat: null }))).toBeNull();
  });

  it('grow brighter with the count', () => {
    const brightness = Array.from({ length: 101 }, (_, at) => {
      const [red, green, blue] = heatColor(at / 100);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    brightness.slice(1).forEach((one, at) => expect(one).toBeGreaterThanOrEqual(brightness[at]! - 0.5));
    expect(heatShare(1, 100)).toBe(0);
    expect(heatShare(10, 100)).toBeCloseTo(0.5);
    expect(heatShare(1, 1)).toBe(1);
  });
});

describe('the cells to choose from', () => {
  it('are named by what tells them apart', () => {
    const cells = [pageCell({ workers: 1 }), pageCell({ workers: 2, repeat: 2 })];
    const named = namedCells({
      runs: [{ label: 'A', cells }],
      metrics: [],
      across: ACROSS_RATES,
      limits: [],
    });
    expect(named.map(({ name }) => name)).toEqual([
      'get_item · 1000/s · 1 w · repeat 1',
      'get_item · 1000/s · 2 w · repeat 2',
    ]);
  });

  it('stand together with their counterpart in a comparison', () => {
    const runs = ['A', 'B'].map((label) => ({ label, cells: [pageCell({})] }));
    expect(namedCells({ runs, metrics: [], across: ACROSS_RATES, limits: [] })).toMatchObject([
      { cells: [{ label: 'A' }, { label: 'B' }] },
    ]);
  });

  it('begin with the slowest of each endpoint', () => {
    const cells = [
      pageCell({ endpoint: 'a', load: '1/s', metrics: { p99: 9 } }),
      pageCell({ endpoint: 'a', load: '2/s', metrics: { p99: 8 } }),
      pageCell({ endpoint: 'b', load: '1/s', metrics: { p99: 1 } }),
    ];
    const named = slowestFirst(
      namedCells({ runs: [{ label: 'A', cells }], metrics: [], across: ACROSS_RATES, limits: [] }),
    );
    expect(named.map(({ name }) => name)).toEqual(['a · 1/s', 'b · 1/s', 'a · 2/s']);
  });
});

describe('the words of values', () => {
  it('keep what is measured, and no more', () => {
    expect(toldValue(0.039, 'ms')).toBe('0.039 ms');
    expect(toldValue(10_005.4799, 'ms', true)).toBe('≥ 10005 ms');
    expect(toldValue(10_005.9, 'ms', true)).toBe('≥ 10005 ms');
    expect(toldValue(99.9999, '%')).toBe('99.99 %');
    expect(toldValue(100, '%')).toBe('100 %');
    expect(toldValue(null, 'ms')).toBe('–');
    expect(toldValue(500, '/s')).toBe('500/s');
  });

  it('of less than the whole are never 100 %', () => {
    const property = fc.property(fc.double({ min: 0, max: 100, maxExcluded: true, noNaN: true }), (value) => {
      expect(toldValue(value, '%')).not.toMatch(/^100/);
    });
    fc.assert(property);
  });

  it('are short beside axes', () => {
    expect([0, 0.5, 1500, 20_000, 2.5e6].map(tickLabel)).toEqual(['0', '0.5', '1500', '20k', '2.5M']);
  });
});

describe('the ticks of a logarithmic axis', () => {
  it('are round, in sight and not too many', () => {
    const range = fc.tuple(
      fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
      fc.double({ min: 1.5, max: 1e6, noNaN: true }),
    );
    const property = fc.property(range, fc.integer({ min: 100, max: 1200 }), ([min, factor], lengthPx) => {
      const ticks = logTicks(min, min * factor, lengthPx);
      expect(ticks.every((tick) => tick >= min && tick <= min * factor)).toBe(true);
      expect(ticks.length).toBeLessThanOrEqual(lengthPx / 14);
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
    });
    fc.assert(property);
  });

  it('are none where there is no range', () => {
    expect(logTicks(0, 10, 300)).toEqual([]);
    expect(logTicks(5, 5, 300)).toEqual([]);
  });
});
