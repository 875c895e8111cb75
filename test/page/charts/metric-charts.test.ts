import { describe, expect, it } from 'vitest';
import type { PageCell, PageData } from '../../../src/model/report/page-data.js';
import { keysOf } from '../../../src/page/charts/models/chart-model.js';
import { endpointsOf, noteOnHidden } from '../../../src/page/charts/models/endpoints.js';
import { loadsChart } from '../../../src/page/charts/models/metric-charts.js';
import { loadsOfScaling, SPEED_UP, workersChart } from '../../../src/page/charts/models/worker-charts.js';
import { pageData } from '../../../src/report/html/page-data.js';
import { medianOf } from '../../../src/page/charts/models/repeats.js';
import { describeChart, toldAt } from '../../../src/page/charts/models/told-values.js';
import { ACROSS_RATES, pageCell } from '../../support/page-cells.js';

const METRICS = pageData([]).metrics;
const metric = (id: string) => METRICS.find((one) => one.id === id)!;
const one = (...cells: PageCell[]): PageData => ({
  runs: [{ label: 'A', cells }],
  metrics: METRICS,
  across: ACROSS_RATES,
  limits: [],
});

describe('a metric across rates', () => {
  it('has a line for each endpoint and the target beside the achieved rate', () => {
    const data = one(
      pageCell({ place: { x: 200, label: '200/s' }, metrics: { achieved: 200 } }),
      pageCell({ place: { x: 500, label: '500/s' }, metrics: { achieved: 320 } }),
    );
    const model = loadsChart(data, metric('achieved'))!;
    expect(model.xs).toEqual([200, 500]);
    expect(model.panels[0]?.series.map(({ key, values }) => [key, values])).toEqual([
      ['get_item', [200, 320]],
      ['target', [200, 500]],
    ]);
  });

  it('has no target where users decide how fast they go', () => {
    const cells = [10, 50].map((x) =>
      pageCell({ targetRps: null, place: { x, label: `${x} users` }, metrics: { achieved: x / 2 } }),
    );
    const model = loadsChart(
      { ...one(...cells), across: { name: 'users', title: 'users' } },
      metric('achieved'),
    )!;
    expect([model.title, model.x.title, model.x.told(50)]).toEqual([
      'Achieved rate across users',
      'users',
      '50 users',
    ]);
    expect(model.panels[0]?.series.map(({ key, values }) => [key, values])).toEqual([['get_item', [5, 25]]]);
  });

  it('leaves out cells whose load changes, and says so', () => {
    const data = one(pageCell({ place: { x: 200, label: '200/s' } }), pageCell({ place: null }));
    expect(loadsChart(data, metric('p50'))?.note).toBe(
      '1 cell whose load changes is left out here; the time series shows them.',
    );
    expect(loadsChart(one(pageCell({ place: null })), metric('p50'))).toBeNull();
  });

  it('has a logarithmic axis where latencies differ by more than ten times, the same in all panels', () => {
    const chartOf = (id: string, ...values: [number, number]) =>
      loadsChart(
        one(...values.map((value, at) => pageCell({ workers: at + 1, metrics: { [id]: value } }))),
        metric(id),
      )!;
    const scalesOf = (id: string, ...values: [number, number]) =>
      chartOf(id, ...values).panels.map(({ yScale, min }) => [yScale, min]);
    expect(scalesOf('p99', 2, 100)).toEqual([
      ['log', 2],
      ['log', 2],
    ]);
    expect(scalesOf('p99', 10, 100)).toEqual([
      ['linear', undefined],
      ['linear', undefined],
    ]);
    expect(scalesOf('p50', 0, 100)).toEqual([
      ['linear', undefined],
      ['linear', undefined],
    ]);
    expect(scalesOf('cpu', 2, 100)).toEqual([
      ['linear', undefined],
      ['linear', undefined],
    ]);
  });

  it('has a panel for each number of workers, all ending at the same value', () => {
    const data = one(
      pageCell({ workers: 1, metrics: { p50: 10 } }),
      pageCell({ workers: 4, metrics: { p50: 40 } }),
    );
    const { panels } = loadsChart(data, metric('p50'))!;
    expect(panels.map(({ title, max }) => [title, max])).toEqual([
      ['Response time p50, 1 worker', 40],
      ['Response time p50, 4 workers', 40],
    ]);
  });

  it('draws the median of repeats and each of them', () => {
    const values = [5, 1, 3];
    const data = one(...values.map((p50, at) => pageCell({ repeat: at + 1, metrics: { p50 } })));
    const [series] = loadsChart(data, metric('p50'))!.panels[0]!.series;
    expect(series?.values).toEqual([3]);
    expect(series?.dots.map(({ value }) => value)).toEqual(values);
  });

  it('lays the runs of a comparison over one another, the candidate dashed', () => {
    const runs = ['A', 'B'].map((label) => ({ label, cells: [pageCell({})] }));
    const model = loadsChart({ runs, metrics: METRICS, across: ACROSS_RATES, limits: [] }, metric('p50'))!;
    expect(model.panels[0]?.series.map(({ key, column, style }) => [key, column, style.line])).toEqual([
      ['get_item', 'A', 'solid'],
      ['get_item', 'B', 'dashed'],
    ]);
    expect(keysOf(model)).toEqual(['get_item']);
  });

  it('never drops that a figure is a lower bound, nor that it is invalid', () => {
    const data = one(pageCell({ metrics: { p99: 10_005.47 }, lowerBounds: ['p99'], verdict: 'INVALID' }));
    const model = loadsChart(data, metric('p99'))!;
    const [panel] = model.panels;
    expect(toldAt(panel!.series[0]!, panel!, 0)).toBe('≥ 10005 ms INVALID');
    expect(describeChart(model)).toContain('≥ 10005 ms INVALID at 1000/s');
    expect(model.note).toContain('INVALID');
  });

  it('leaves a gap where nothing is known', () => {
    const data = one(
      pageCell({ place: { x: 200, label: '200/s' }, metrics: { cpu: null } }),
      pageCell({ place: { x: 500, label: '500/s' }, metrics: { cpu: 50 } }),
    );
    expect(loadsChart(data, metric('cpu'))?.panels[0]?.series[0]?.values).toEqual([null, 50]);
  });
});

describe('a metric across workers', () => {
  const data = one(
    pageCell({ workers: 1, metrics: { achieved: 100 } }),
    pageCell({ workers: 4, metrics: { achieved: 300 } }),
    pageCell({ workers: 1, place: { x: 50, label: '50/s' } }),
  );

  it('is there at rates with several numbers of workers only', () => {
    expect(loadsOfScaling(data)).toEqual([{ x: 1000, label: '1000/s' }]);
    expect(workersChart(data, SPEED_UP, 50)).toBeNull();
  });

  it('shows the speed-up beside the ideal one', () => {
    const model = workersChart(data, SPEED_UP, 1000)!;
    expect(model.panels[0]?.series.map(({ key, values }) => [key, values])).toEqual([
      ['get_item', [1, 3]],
      ['ideal', [1, 4]],
    ]);
  });

  it('makes no speed-up of a target that answered nothing', () => {
    const none = one(
      pageCell({ workers: 1, metrics: { achieved: 0 } }),
      pageCell({ workers: 2, metrics: { achieved: 9 } }),
    );
    expect(workersChart(none, SPEED_UP, 1000)?.panels[0]?.series[0]?.values).toEqual([null, null]);
  });
});

describe('the endpoints of charts', () => {
  it('are all drawn while there are colours', () => {
    const data = one(...Array.from({ length: 10 }, (_, at) => pageCell({ endpoint: `e${at}` })));
    expect(endpointsOf(data).every(({ isShown }) => isShown)).toBe(true);
    expect(noteOnHidden(endpointsOf(data))).toBe('');
  });

  it('of more than ten are the slowest ten at first, and the chart says so', () => {
    const cells = Array.from({ length: 12 }, (_, at) =>
      pageCell({ endpoint: `e${at}`, metrics: { p99: at } }),
    );
    const endpoints = endpointsOf(one(...cells));
    expect(endpoints.filter(({ isShown }) => !isShown).map(({ name }) => name)).toEqual(['e1', 'e0']);
    expect(noteOnHidden(endpoints)).toContain('10 slowest of 12');
  });
});

describe('the median of repeats', () => {
  const point = (value: number) => ({ value, isLowerBound: false, isInvalid: false });

  it('is invalid when any is', () => {
    expect(medianOf([point(1), point(2), { ...point(3), isInvalid: true }])?.isInvalid).toBe(true);
    expect(medianOf([point(1), point(3)])).toEqual({ value: 2, isLowerBound: false, isInvalid: false });
  });

  it('of none is not known', () => {
    expect(medianOf([])).toBeNull();
  });
});
