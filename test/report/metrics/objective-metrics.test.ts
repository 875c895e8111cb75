import { expect, it } from 'vitest';
import { objectivesOf } from '../../../src/config/resolve-objectives.js';
import type { Report } from '../../../src/model/report/report.js';
import { renderOpenMetrics } from '../../../src/report/formats/openmetrics.js';
import { cell } from '../../support/cells.js';
import { mixtureCell } from '../../support/mixtures.js';
import { parseMetrics } from '../../support/parse-metrics.js';
import {
  HOSTILE_NAMES,
  hostileObjectives,
  hostileReport,
  reportOf,
  storedReport,
  withObjectives,
} from '../../support/reports.js';

const samplesOf = (report: Report) =>
  parseMetrics(renderOpenMetrics(report)[0]!.text).filter(({ name }) => name.endsWith('_objective_passed'));
const judged = (report: Report, ...texts: string[]) =>
  samplesOf(withObjectives(report, objectivesOf(texts) ?? []));

it('each objective is a sample for each cell: 1 passed, 0 failed, none where that is not decided', () => {
  const cells = [
    cell({ id: 'one' }),
    cell({ id: 'two', verdict: { state: 'INVALID', reasons: [] } }),
    cell({ id: 'few', counts: { planned: 10 } }),
  ];
  const samples = judged(reportOf(cells), 'p95 < 1s', 'mean < 0ms');
  expect(samples.map(({ labels, value }) => [labels['objective'], labels['cell'], value])).toEqual([
    ['p95 < 1s', 'one', 1],
    ['mean < 0ms', 'one', 0],
    ['mean < 0ms', 'few', 0],
  ]);
  expect(samples[0]?.labels).toMatchObject({ operation: 'get_item', method: 'GET', load: '1000/s' });
});

it('of an operation of a mixture it has the labels of that operation, each once', () => {
  const [own, whole] = judged(storedReport([mixtureCell()]), 'create_item mean < 0ms', 'mean < 0ms');
  expect(own?.labels).toMatchObject({ operation: 'create_item', method: 'POST', path: '/items' });
  expect(whole?.labels).toMatchObject({ operation: 'mixture', path: '3 operations' });
});

it('an objective that is asked for twice is one series', () => {
  expect(judged(reportOf([cell()]), 'mean < 1s', 'mean < 1s')).toHaveLength(1);
});

it('has hostile names whole, and no family where there are no objectives', () => {
  const names = samplesOf(withObjectives(hostileReport(), hostileObjectives())).map(
    ({ labels }) => labels['objective'],
  );
  const suspect = HOSTILE_NAMES.filter((_, at) => at % 2 === 1);
  expect(names).toHaveLength(suspect.length);
  expect(names[0]).toBe('"quoted" mean < 1ms');
  expect(renderOpenMetrics(hostileReport())[0]!.text).not.toContain('objective');
});
