import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/kernel/random.js';
import { figureById } from '../../../src/model/figures/index.js';
import { cellOf, historyOf, levelsOf, runsOf } from '../../support/histories.js';

describe('a history', () => {
  test('tells the run after which a figure was worse, and the one before', () => {
    const history = historyOf(runsOf(levelsOf([1, 12], [1.3, 6])));
    const [p50] = history.series;
    expect(p50).toMatchObject({ figure: 'p50', state: 'REGRESSED' });
    expect(p50?.changes).toHaveLength(1);
    expect(p50?.changes[0]).toMatchObject({ run: 12, previousRun: 11, verdict: 'REGRESSED' });
    expect(p50?.changes[0]?.percent).toBeCloseTo(30, 0);
    expect(history.outcome).toEqual({
      ...{
        state: 'REGRESSED',
        regressed: 1,
        improved: 0,
        changed: 0,
        suspect: 0,
        unchanged: 1,
        inconclusive: 0,
      },
    });
  });

  test('tells what was better', () => {
    expect(historyOf(runsOf(levelsOf([1, 12], [0.8, 6]))).outcome.state).toBe('IMPROVED');
  });

  test('does not hold against the newest runs what an older one did', () => {
    const history = historyOf(runsOf(levelsOf([1, 12], [1.3, 11])));
    expect(history.series[0]?.changes).toHaveLength(1);
    expect(history.outcome.state).toBe('UNCHANGED');
  });

  test('goes by the newest change point: what was mended is no regression', () => {
    const history = historyOf(runsOf(levelsOf([1, 12], [1.5, 5], [1, 4])));
    expect(history.series[0]?.changes.map(({ verdict }) => verdict)).toEqual(['REGRESSED', 'IMPROVED']);
    expect(history.outcome).toMatchObject({ state: 'IMPROVED', regressed: 0 });
  });

  test('takes no smaller change than was asked for', () => {
    const runs = runsOf(levelsOf([1, 12], [1.08, 8]));
    expect(historyOf(runs).outcome.state).toBe('REGRESSED');
    expect(historyOf(runs, { minMagnitudePercent: 10 }).outcome.state).toBe('UNCHANGED');
  });

  test('takes a smaller change of success', () => {
    const runs = runsOf(levelsOf([1, 16]), (p50, run) => [
      cellOf(p50, { successRate: run < 10 ? 1 : 0.98 + 0.001 * (run % 2) }),
    ]);
    expect(historyOf(runs).series[1]).toMatchObject({ figure: 'success', state: 'REGRESSED' });
  });

  test('of many figures has some change points that may be chance, and holds them against nobody', () => {
    const random = seededRandom(4);
    const runs = runsOf(levelsOf([1, 12]), () =>
      Array.from({ length: 300 }, (_, at) => cellOf(1 + 0.2 * random(), { operation: { path: `/${at}` } })),
    );
    const { outcome } = historyOf(runs, { figures: [figureById('p50')] });
    expect(outcome).toMatchObject({ state: 'SUSPECT', regressed: 0, improved: 0 });
    expect(outcome.suspect).toBeGreaterThan(0);
  });

  test('of five runs is inconclusive', () => {
    const history = historyOf(runsOf(levelsOf([1, 3], [9, 2])));
    expect(history.series[0]?.changes).toEqual([]);
    expect(history.outcome).toMatchObject({ state: 'INCONCLUSIVE', inconclusive: 2 });
  });

  test('says what else differs where a figure changed', () => {
    const runs = runsOf(levelsOf([1, 12], [1.3, 6])).map((one, at) => ({
      ...one,
      run: {
        ...one.run,
        environment: { ...one.run.environment, node: at < 12 ? 'v20.19.0' : 'v22.1.0' },
      },
    }));
    expect(historyOf(runs).series[0]?.changes[0]?.differences).toEqual([
      { about: 'environment', name: 'node', base: 'v20.19.0', candidate: 'v22.1.0' },
    ]);
  });
});
