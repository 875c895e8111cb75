import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idleObjectives } from '../../../src/analyze/objectives/idle-objectives.js';
import { judgeObjectives } from '../../../src/analyze/objectives/judge-objectives.js';
import { leastRequestsFor } from '../../../src/analyze/objectives/least-requests.js';
import { figureById } from '../../../src/model/figures/index.js';
import { KNOWN_FIGURES } from '../../../src/model/figures/gauge-figures.js';
import { parseStages } from '../../../src/model/loads/stages-notation.js';
import { parseObjective } from '../../../src/model/objectives/parse-objective.js';
import type { Objective } from '../../../src/model/results/objective.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import { mixtureCell } from '../../support/mixtures.js';
import { cell, latency, type CellChanges } from '../../support/cells.js';

function objectiveOf(text: string): Objective {
  const parsed = parseObjective(text, KNOWN_FIGURES);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.objective;
}
function judged(text: string, ...cells: CellRecord[]) {
  const [{ outcomes } = { outcomes: [] }] = judgeObjectives([objectiveOf(text)], cells);
  return outcomes;
}
const stateOf = (text: string, changes: CellChanges = {}) => judged(text, cell(changes))[0]?.state;
const p95 = (value: number | null, lowerBounds: 'p95'[] = []): CellChanges => ({
  latencyMs: { response: latency({ p95: value, lowerBounds }) },
});

describe('an objective', () => {
  test('is held against its figure, to the limit itself', () => {
    expect(stateOf('p95 < 300ms', p95(299.9))).toBe('passed');
    expect(stateOf('p95 < 300ms', p95(300))).toBe('failed');
    expect(stateOf('p95 <= 300ms', p95(300))).toBe('passed');
    expect(stateOf('rps >= 500', { achievedRps: 500 })).toBe('passed');
    expect(stateOf('rps > 500', { achievedRps: 500 })).toBe('failed');
    expect(judged('p95 < 0.3s', cell(p95(250)))[0]).toMatchObject({ value: 250, operation: null, why: null });
  });

  test('of a figure that is only a lower bound fails above its limit, and is undecided below', () => {
    expect(stateOf('p95 < 300ms', p95(301, ['p95']))).toBe('failed');
    expect(stateOf('p95 < 300ms', p95(200, ['p95']))).toBe('undecided');
    expect(stateOf('p95 > 100ms', p95(200, ['p95']))).toBe('passed');
    expect(stateOf('p95 > 300ms', p95(200, ['p95']))).toBe('undecided');
  });

  test('is undecided where the figure is not known, or of too few requests', () => {
    expect(judged('cpu < 70%', cell({ gauges: null }))[0]).toMatchObject({
      ...{ state: 'undecided', value: null, why: 'CPU of the target is not known' },
    });
    expect(stateOf('p99 < 1s', { counts: { planned: 367 } })).toBe('undecided');
    expect(stateOf('p99 < 1s', { counts: { planned: 368 } })).toBe('passed');
    expect(judged('errors < 0.1%', cell({ counts: { planned: 999, succeeded: 999 } }))[0]).toMatchObject({
      ...{ state: 'undecided', why: '999 requests are too few: 1000 are needed' },
    });
    expect(stateOf('errors < 0.1%', { counts: { planned: 1000, succeeded: 1000 } })).toBe('passed');
  });

  test('fails with few requests where chance alone would not make so many of them bad', () => {
    const few = (planned: number, succeeded: number, changes: CellChanges = {}): CellChanges => ({
      ...changes,
      counts: { planned, succeeded },
      successRate: succeeded / planned,
    });
    // 900 requests of which 457 failed; 1 of 900 is likely of a target that fails one in a thousand, 5 are not.
    expect(stateOf('errors < 0.1%', few(900, 443))).toBe('failed');
    expect(stateOf('errors < 0.1%', few(900, 899))).toBe('undecided');
    expect(stateOf('errors < 0.1%', few(900, 895))).toBe('failed');
    expect(stateOf('success > 99.9%', few(900, 895))).toBe('failed');
    // The median tells that half of them were slower.
    const slow = (p50: number): CellChanges => ({
      latencyMs: { response: latency({ p50, p75: 400, p90: 400, p95: 400, p99: 400, p999: 400 }) },
    });
    expect(stateOf('p95 < 300ms', few(40, 40, slow(350)))).toBe('failed');
    expect(stateOf('p99 < 500ms', few(40, 40, slow(350)))).toBe('undecided');
    expect(stateOf('p95 > 500ms', few(40, 40, slow(350)))).toBe('undecided');
    expect(stateOf('p50 > 500ms', few(5, 5, slow(350)))).toBe('undecided');
  });

  test('neither passes nor fails where the generator was the limit', () => {
    const verdict = { state: 'INVALID' as const, reasons: [] };
    for (const value of [1, 10_000])
      expect(stateOf('p95 < 300ms', { ...p95(value), verdict })).toBe('invalid');
  });

  test('is about the operation and the load that it names', () => {
    const cells = [100, 1000].flatMap((rate) =>
      ['get_item', 'list_items'].map((id) =>
        cell({
          id: `${id}_${rate}`,
          operation: { id, method: 'GET', path: `/${id}` },
          load: { ratePerSecond: rate },
        }),
      ),
    );
    const about = (text: string) => judged(text, ...cells).map((outcome) => outcome.cell);
    expect(about('p95 < 1s')).toHaveLength(4);
    expect(about('get_item p95 < 1s')).toEqual(['get_item_100', 'get_item_1000']);
    expect(about('GET /list_items p95 < 1s at 1000/s')).toEqual(['list_items_1000']);
    expect(about('p95 < 1s at 1000 users')).toEqual([]);
  });

  test('names operations as --include does: by id, method and path, tag, or a pattern of these', () => {
    const operations = [
      { id: 'list_posts', method: 'GET', path: '/posts', tags: ['posts'] },
      { id: 'edit_post', method: 'PUT', path: '/posts/{id}', tags: ['posts', 'writes'] },
      { id: 'list_users', method: 'GET', path: '/users' },
    ].map((one) => ({ ...one, weight: 1 }));
    const cells = operations.map((one) => cell({ id: one.id, subject: { id: one.id, operations: [one] } }));
    const about = (scope: string) => judged(`${scope} p95 < 1s`, ...cells).map((outcome) => outcome.cell);
    expect(about('posts')).toEqual(['list_posts', 'edit_post']);
    expect(about('writes')).toEqual(['edit_post']);
    expect(about('PUT /posts/*')).toEqual(['edit_post']);
    expect(about('list_*')).toEqual(['list_posts', 'list_users']);
    expect(about('users')).toEqual([]);
  });

  test('on the recovery after a spike is held against loads with a spike alone', () => {
    const { stages } = parseStages('0:100@10s, 500@5s, 100@60s');
    const spikeRecovery = { spike: { startMs: 0, endMs: 15_000 }, before: null, reason: null };
    const spiky: CellRecord = {
      ...{ ...cell(), id: 'spiky', load: { kind: 'stages', stages: [...stages] } },
      spikeRecovery: { ...spikeRecovery, seconds: 12, moreThanSeconds: null },
    };
    expect(judged('spike-recovery < 30s', cell(), spiky)).toMatchObject([
      { cell: 'spiky', state: 'passed', value: 12 },
    ]);
    const idle = (one: CellRecord) => idleObjectives([objectiveOf('spike-recovery < 30s')], [one]);
    expect(idle(spiky)).toEqual([]);
    expect(idle(cell())).toEqual([
      'The objective “spike-recovery < 30s” is about spike-recovery, which no load of this run has',
    ]);
  });

  test('of an operation of a mixture is held against its own row, others against the whole', () => {
    const { record } = mixtureCell();
    const mixture = { ...record, verdict: { state: 'VALID' as const, reasons: [] } };
    const names = mixture.subject.operations.map(({ id }) => id);
    const means = mixture.byOperation!.map(({ latencyMs }) => latencyMs.response.mean);
    expect(new Set(means).size).toBe(names.length);
    const outcomes = names.flatMap((name) => judged(`${name} mean < 1m`, mixture));
    expect(outcomes.map(({ operation, value }) => [operation, value])).toEqual(
      names.map((name, at) => [name, means[at]]),
    );
    expect(judged('mean < 1m', mixture)).toMatchObject([
      { operation: null, value: mixture.latencyMs.response.mean },
    ]);
  });

  test('is decided one way or the other, or says why not, and never passes without a figure', () => {
    const value = fc.option(fc.double({ min: 0, max: 1000, noNaN: true }), { nil: null });
    fc.assert(
      fc.property(
        value,
        fc.boolean(),
        fc.nat(1000),
        fc.constantFrom('<', '<=', '>', '>='),
        (at, isBound, limit, operator) => {
          const [outcome] = judged(`p95 ${operator} ${limit}ms`, cell(p95(at, isBound ? ['p95'] : [])));
          expect(outcome?.state === 'undecided').toBe(outcome?.why !== null);
          if (at === null) expect(outcome?.state).toBe('undecided');
        },
      ),
    );
  });

  test('needs as many requests as an interval of its percentile', () => {
    const least = (id: string, limit = 1) => leastRequestsFor({ limit }, figureById(id));
    expect([least('p50'), least('p95'), least('p99'), least('p999')]).toEqual([6, 72, 368, 3688]);
    expect([
      least('success.p95'),
      least('mean'),
      least('failure-share', 0.1),
      least('success', 99.9),
    ]).toEqual([...[72, 1, 1000, 1000]]);
  });
});
