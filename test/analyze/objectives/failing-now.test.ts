import { describe, expect, test } from 'vitest';
import { failingNow, unwatched } from '../../../src/analyze/objectives/failing-now.js';
import { bucketOf } from '../../../src/measure/buckets.js';
import { LiveFigures } from '../../../src/measure/live-figures.js';
import { KNOWN_FIGURES } from '../../../src/model/figures/gauge-figures.js';
import { KNOWN_GAUGES } from '../../../src/model/figures/known-gauges.js';
import { parseStages } from '../../../src/model/loads/stages-notation.js';
import { parseObjective } from '../../../src/model/objectives/parse-objective.js';
import type { Objective } from '../../../src/model/results/objective.js';
import { cell } from '../../support/cells.js';
import { mixtureCell } from '../../support/mixtures.js';

function objectiveOf(text: string): Objective {
  const parsed = parseObjective(text, KNOWN_FIGURES);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.objective;
}

/** So many answers of 50 ms, and so many that failed without one. */
function live(answered: number, failed = 0) {
  const figures = new LiveFigures(10_000);
  const ofDatabases = Object.fromEntries(KNOWN_GAUGES.map(({ id }) => [id, 1]));
  const ofTarget = {
    ...{ 'target.cpu': 90, 'target.memory': 1e8, 'target.memory.share': 5, 'target.processes': 1 },
  };
  const values = { ...ofDatabases, ...ofTarget };
  figures.add(
    {
      ...{ phase: 'window', second: 9, elapsedMs: 10_000, released: answered + failed, sent: answered },
      ...{ succeeded: answered, failed, timedOut: 0, inFlight: 0, answers: [[bucketOf(50_000), answered]] },
    },
    { elapsedMs: 10_000, values },
  );
  return figures.source();
}
const failing = (texts: string[], source = live(1000), of = cell()) =>
  failingNow(texts.map(objectiveOf), of, source)?.objective.text;

describe('while a cell runs', () => {
  test('the first objective that it fails is found', () => {
    expect(failing(['p95 < 60ms', 'cpu < 70%', 'p99 < 10ms'])).toBe('cpu < 70%');
    expect(failing(['p95 < 60ms', 'rps >= 50', 'errors < 1%'])).toBeUndefined();
    expect(failing(['rps >= 101'])).toBe('rps >= 101');
  });

  test('so is one on a gauge: a level by its mean and peak, a count by what it has come to', () => {
    const figures = new LiveFigures(10_000);
    const tick = {
      ...{ phase: 'window' as const, released: 100, sent: 100, succeeded: 100, failed: 0 },
      ...{ timedOut: 0, inFlight: 0, answers: [] },
    };
    for (const [at, connections, deadlocks] of [
      [1, 4, 0],
      [2, 8, 2],
    ] as const) {
      const values = { 'postgres.connections': connections, 'postgres.deadlocks': deadlocks };
      figures.add({ ...tick, second: at, elapsedMs: 1000 * at }, { elapsedMs: 1000 * at, values });
    }
    const held = (text: string): string | undefined => failing([text], figures.source());
    expect(held('postgres.connections <= 6')).toBeUndefined();
    expect(held('postgres.connections < 6')).toBe('postgres.connections < 6');
    expect(held('postgres.connections.max < 8')).toBe('postgres.connections.max < 8');
    expect(held('postgres.deadlocks <= 2')).toBeUndefined();
    expect(held('postgres.deadlocks < 2')).toBe('postgres.deadlocks < 2');
  });

  test('too few requests fail nothing, and a lower bound fails only what it is above', () => {
    // One of twenty may be slower.
    expect(failing(['p95 < 10ms'], live(1))).toBeUndefined();
    expect(failing(['p95 < 10ms'], live(2))).toBe('p95 < 10ms');
    expect(failing(['p95 < 60ms'], live(900, 100))).toBeUndefined();
    expect(failing(['p95 < 40ms'], live(900, 100))).toBe('p95 < 40ms');
    expect(failing(['errors < 5%'], live(900, 100))).toBe('errors < 5%');
  });

  test('rates are held against a load that has risen to its height, and no others', () => {
    const users = (spawnRatePerSecond: number) => ({
      ...cell(),
      load: { kind: 'users' as const, users: 50, spawnRatePerSecond, durationMs: 60_000, think: null },
    });
    // All have started after 4.9 s; the rate is that of the last 5 of 10 s.
    expect(failing(['rps >= 101'], live(1000), users(10))).toBe('rps >= 101');
    expect(failing(['rps >= 101'], live(1000), users(9))).toBeUndefined();
    const { stages } = parseStages('0:100@30s, 100@30s');
    const rising = { ...cell(), load: { kind: 'stages' as const, stages: [...stages] } };
    expect(failing(['rps >= 101'], live(1000), rising)).toBeUndefined();
    expect(unwatched([objectiveOf('rps >= 101')], [rising])).toHaveLength(1);
    expect(unwatched([objectiveOf('rps >= 101')], [users(9)])).toEqual([]);
  });

  test('a target that answers nothing fails once its requests time out', () => {
    const figures = new LiveFigures(3000);
    figures.add(
      {
        ...{
          phase: 'window',
          second: 4,
          elapsedMs: 5000,
          released: 500,
          sent: 500,
          succeeded: 0,
          failed: 200,
        },
        ...{ timedOut: 200, inFlight: 300, answers: [] },
      },
      undefined,
    );
    expect(failing(['p95 < 5s'], figures.source())).toBeUndefined();
    expect(failing(['p95 < 50ms'], figures.source())).toBe('p95 < 50ms');
    expect(failing(['mean < 50ms'], figures.source())).toBe('mean < 50ms');
  });

  test('objectives about another load, another operation, or a part of a mixture are not held against it', () => {
    expect(failing(['p95 < 1ms at 7/s', 'other p95 < 1ms'])).toBeUndefined();
    expect(failing(['get_item p95 < 1ms at 1000/s'])).toBe('get_item p95 < 1ms at 1000/s');
    const { record } = mixtureCell();
    const [first] = record.subject.operations;
    const texts = [`${first?.id} p95 < 1ms`, 'p95 < 1ms'];
    expect(failing(texts, live(1000), record)).toBe('p95 < 1ms');
    expect(unwatched(texts.map(objectiveOf), [record]).map(({ text }) => text)).toEqual([texts[0]]);
  });

  test('every figure is either watched, or named as one that is not', () => {
    const known = KNOWN_FIGURES.filter((figure) => figure.storedOf(live(1000)) !== null);
    // Of these the live figures hold no more than a place.
    const places = ['received', 'transfer-rate', 'sent-bytes', 'timedOut', 'dropped', 'unfinished'];
    const watched = known.filter(({ id }) => !places.includes(id));
    const left = unwatched(
      KNOWN_FIGURES.map(({ id, unit }) => ({
        ...{ text: id, scope: null, figure: id, operator: '<', limit: 1, unit: unit.symbol, load: null },
      })),
      [cell()],
    );
    expect([...left.map(({ text }) => text), ...watched.map(({ id }) => id)].sort()).toEqual(
      KNOWN_FIGURES.map(({ id }) => id).sort(),
    );
  });
});
