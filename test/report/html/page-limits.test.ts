import { expect, it } from 'vitest';
import { objectivesOf } from '../../../src/config/resolve-objectives.js';
import type { Report } from '../../../src/model/report/report.js';
import { pageData } from '../../../src/report/html/page-data.js';
import { cell } from '../../support/cells.js';
import { mixtureCell } from '../../support/mixtures.js';
import { reportOf, storedReport, withObjectives } from '../../support/reports.js';

const twoEndpoints = reportOf(
  ['get_item', 'list_items'].map((id) => cell({ id, operation: { id, path: `/${id}` } })),
);
const limitsOf = (report: Report, ...texts: string[]) =>
  pageData([withObjectives(report, objectivesOf(texts) ?? [])]).limits;

it('charts get the limits of figures that they draw, in the unit in which they draw them', () => {
  expect(
    limitsOf(twoEndpoints, 'p95 < 0.3s', 'rps >= 500', 'memory < 1GB', 'p75 < 1s', 'errors < 1%'),
  ).toEqual([
    { text: 'p95 < 0.3s', metric: 'p95', value: 300, endpoints: null },
    { text: 'rps >= 500', metric: 'achieved', value: 500, endpoints: null },
    { text: 'memory < 1GB', metric: 'memory', value: 1024, endpoints: null },
  ]);
});

it('charts are told which endpoint a limit is about', () => {
  expect(limitsOf(twoEndpoints, 'GET /list_items p95 < 300ms')).toMatchObject([
    { endpoints: ['list_items'] },
  ]);
});

it('charts get no limit of one load, which is no line, nor of an operation of a mixture, which has none', () => {
  expect(limitsOf(twoEndpoints, 'p95 < 300ms at 1000/s')).toEqual([]);
  const mixture = storedReport([mixtureCell()]);
  expect(limitsOf(mixture, 'get_item p95 < 300ms', 'p95 < 1s')).toMatchObject([{ text: 'p95 < 1s' }]);
});

it('charts of two runs have a limit of both once', () => {
  const judged = withObjectives(twoEndpoints, objectivesOf(['p95 < 300ms']) ?? []);
  expect(pageData([judged, judged]).limits).toHaveLength(1);
});
