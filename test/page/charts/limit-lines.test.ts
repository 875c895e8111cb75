import { describe, expect, it } from 'vitest';
import type { PageCell, PageData, PageLimit } from '../../../src/model/report/page-data.js';
import { limitsHiddenAtFirst } from '../../../src/page/charts/models/limit-lines.js';
import { loadsChart } from '../../../src/page/charts/models/metric-charts.js';
import { describeChart, toldAt } from '../../../src/page/charts/models/told-values.js';
import { pageData } from '../../../src/report/html/page-data.js';
import { ACROSS_RATES, pageCell } from '../../support/page-cells.js';

const METRICS = pageData([]).metrics;

const limit = (value: number, changes: Partial<PageLimit> = {}): PageLimit => ({
  text: `p95 < ${value}ms`,
  metric: 'p95',
  value,
  endpoints: null,
  ...changes,
});

const dataOf = (cells: PageCell[], ...limits: PageLimit[]): PageData => ({
  runs: [{ label: 'A', cells }],
  metrics: METRICS,
  across: ACROSS_RATES,
  limits,
});

/** One endpoint with these values at 100/s, 200/s and so on. */
const measured = (id: string, ...values: number[]): PageCell[] =>
  values.map((value, at) => pageCell({ place: { x: 100 * (at + 1), label: '' }, metrics: { [id]: value } }));

const chartOf = (data: PageData, id = 'p95') =>
  loadsChart(
    data,
    METRICS.find((one) => one.id === id)!,
  )!;
const keysOf = (data: PageData, id?: string) =>
  chartOf(data, id).panels.map(({ series }) => series.map(({ key }) => key));

describe('the limit of a figure in its chart', () => {
  it('is a dashed line from edge to edge, told with its unit', () => {
    const { panels, note } = chartOf(dataOf(measured('p95', 100, 200), limit(300)));
    const line = panels[0]!.series[1]!;
    expect([line.key, line.values]).toEqual(['p95 < 300ms', [300, 300]]);
    expect(line.style).toMatchObject({ line: 'dashed', isAcross: true, color: null });
    expect([toldAt(line, panels[0]!, 0), note]).toEqual(['300 ms', '']);
  });

  it('is said to those who do not see it, but is no measurement', () => {
    const said = describeChart(chartOf(dataOf(measured('p95', 100, 200), limit(300))));
    expect(said).toContain('1 line.');
    expect(said).toMatch(/Highest: get_item, 200 ms .* Limits: p95 < 300ms\.$/);
  });

  it('is in no chart of another figure', () => {
    expect(keysOf(dataOf(measured('p99', 100), limit(300)), 'p99')).toEqual([['get_item']]);
  });

  it('is left out where it would squash what was measured, and the chart says so', () => {
    const known = measured('p95', 100, 50);
    expect(keysOf(dataOf(known, limit(400)))).toEqual([['get_item', 'p95 < 400ms']]);
    const far = dataOf(known, limit(401), limit(5000));
    expect(keysOf(far)).toEqual([['get_item']]);
    expect(chartOf(far).note).toBe('Beyond the axis: p95 < 401ms, p95 < 5000ms.');
  });

  it('has ten times as much room on a logarithmic axis, at both ends, which then holds it', () => {
    const known = measured('p95', 10, 200);
    const chart = chartOf(dataOf(known, limit(2000), limit(1), limit(2001), limit(0.9)));
    expect(chart.panels[0]?.series.map(({ key }) => key)).toEqual(['get_item', 'p95 < 2000ms', 'p95 < 1ms']);
    expect([chart.panels[0]?.yScale, chart.panels[0]?.min]).toEqual(['log', 1]);
    expect(chart.note).toBe('Beyond the axis: p95 < 2001ms, p95 < 0.9ms.');
  });

  it('makes no axis logarithmic by itself', () => {
    expect(chartOf(dataOf(measured('p95', 100, 200), limit(5))).panels[0]?.yScale).toBe('linear');
  });

  it('always has its place among shares', () => {
    const share = limit(99, { metric: 'success', text: 'success >= 99%' });
    expect(keysOf(dataOf(measured('success', 1, 2), share), 'success')).toEqual([
      ['get_item', 'success >= 99%'],
    ]);
  });

  it('stands in the panel of each number of workers, which end at the same value', () => {
    const cells = [1, 2].map((workers) => pageCell({ workers, metrics: { p95: 100 / workers } }));
    const { panels } = chartOf(dataOf(cells, limit(300)));
    expect(panels.map(({ max, series }) => [max, series[1]?.key, series[1]?.column])).toEqual([
      [300, 'p95 < 300ms', '1 w'],
      [300, 'p95 < 300ms', '2 w'],
    ]);
  });

  it('of endpoints that are not drawn at first is not drawn at first either', () => {
    const cells = Array.from({ length: 12 }, (_, at) =>
      pageCell({ endpoint: `e${at}`, metrics: { p95: 100, p99: at } }),
    );
    const own = (name: string) => limit(300, { text: `${name} p95 < 300ms`, endpoints: [name] });
    const data = dataOf(cells, limit(300), own('e0'), own('e11'));
    expect(limitsHiddenAtFirst(data)).toEqual(['e0 p95 < 300ms']);
    expect(keysOf(data)[0]?.slice(-3)).toEqual(['p95 < 300ms', 'e0 p95 < 300ms', 'e11 p95 < 300ms']);
  });
});
