import { describe, expect, test } from 'vitest';
import { runRules } from '../../src/analyze/run-rules/index.js';
import type { CellRecord } from '../../src/model/results/cell-record.js';
import { cell, failedAnswer, type CellChanges } from '../support/cells.js';
import { byProcess } from '../support/gauges.js';
import { storedReport, bareCell } from '../support/reports.js';

const sound = cell();
const unevenCell = (cpuMs: readonly number[], connections: readonly number[]) =>
  cell({ id: `uneven_${cpuMs.length}`, workers: cpuMs.length, byProcess: byProcess(cpuMs, connections) });
const failing = (succeeded: number, changes: CellChanges = {}) =>
  cell({
    id: 'failing',
    counts: { planned: 1000, succeeded, failed: 1000 - succeeded },
    statusCodes: { '200': succeeded, '500': 1000 - succeeded },
    ...changes,
  });
const died = cell({
  id: 'died',
  verdict: { state: 'SUSPECT', reasons: [{ id: 'target-died', message: 'the target exited with code 1' }] },
});

interface RuleCase {
  readonly triggers: readonly CellRecord[];
  readonly passes: readonly CellRecord[];
  readonly says: string;
  readonly cells: readonly string[];
  readonly remedy?: RegExp;
}

const bereft = cell({
  id: 'bereft',
  serviceDeaths: [{ service: 'postgres', how: 'exited with code 1', atMs: -20 }],
});

const cases: Readonly<Record<string, RuleCase>> = {
  'service-deaths': {
    triggers: [sound, bereft],
    passes: [sound],
    says: 'PostgreSQL died in 1 of 2 cells, beside the target.',
    cells: ['bereft'],
  },
  'target-deaths': {
    triggers: [sound, died],
    passes: [sound],
    says: 'The target died in 1 of 2 cells.',
    cells: ['died'],
  },
  'no-success': {
    triggers: [failing(0, { failedAnswers: [failedAnswer()] })],
    passes: [failing(1)],
    says: 'No request succeeded: of 1000 planned 1000 × status 500. The server said “no connection left” (status 500, GET /items/{item_id}).',
    cells: ['failing'],
  },
  'requests-unsuccessful': {
    triggers: [sound, failing(980, { failedAnswers: [failedAnswer()] })],
    passes: [sound, failing(990)],
    says: '0.2 % of the 11000 requests did not succeed: 20 × status 500. The server said “no connection left” (status 500, GET /items/{item_id}).',
    cells: ['failing'],
  },
  'workers-uneven': {
    triggers: [
      sound,
      unevenCell([4000, 2000, 1000], [6, 4, 2]),
      unevenCell([6100, 1300, 1300, 1300], [512, 3, 5, 4]),
    ],
    // Uneven, but far from any limit; busy, but even enough.
    passes: [unevenCell([2900, 100], [2, 2]), unevenCell([5900, 4100], [5, 5])],
    says: 'One of 4 workers did 61 % of the work of get_item (1000 requests/s), 2.44 times the mean; connections of each: 512 / 3 / 5 / 4.',
    cells: ['uneven_4', 'uneven_3'],
    remedy: /^a connection stays with the worker that accepted it/,
  },
};

test('every rule over a run has its case here, and its own id', () => {
  expect(runRules.map(({ id }) => id).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(runRules.map((rule) => ({ rule, ...(cases[rule.id] as RuleCase) })))(
  'the rule $rule.id over a run',
  ({ rule, triggers, passes, says, cells, remedy }) => {
    const find = (records: readonly CellRecord[]) =>
      rule.find(storedReport(records.map((one) => bareCell(one))));

    test('says what the cells show together, and which of them', () => {
      const expected = remedy === undefined ? {} : { remedy: expect.stringMatching(remedy) as unknown };
      expect(find(triggers)).toEqual([{ message: says, cells, ...expected }]);
    });

    test('is silent about a run at its limit, a sound one, and one without cells', () => {
      for (const records of [passes, [sound], []]) expect(find(records)).toEqual([]);
    });
  },
);

test('a run in which nothing succeeded is not told of its share of failures too', () => {
  const unsuccessful = runRules.find(({ id }) => id === 'requests-unsuccessful')!;
  expect(unsuccessful.find(storedReport([bareCell(failing(0))]))).toEqual([]);
});

test('workers with as many connections each are not told to spread them', () => {
  const uneven = runRules.find(({ id }) => id === 'workers-uneven')!;
  const [found] = uneven.find(storedReport([bareCell(unevenCell([8000, 1000], [5, 5]))]));
  expect(found?.remedy).toMatch(/^the connections are spread evenly/);
});
