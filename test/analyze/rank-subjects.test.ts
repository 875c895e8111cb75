import { describe, expect, test } from 'vitest';
import { loadGrid } from '../../src/model/report/load-grid.js';
import { rankSubjects } from '../../src/analyze/rank-subjects.js';
import { cell, latency, type CellChanges } from '../support/cells.js';
import { reportCell } from '../support/reports.js';

const at = (id: string, rate: number, workers: number, changes: CellChanges = {}) =>
  reportCell(
    cell({
      operation: { id, method: 'GET', path: `/${id}` },
      workers,
      load: { ratePerSecond: rate },
      achievedRps: rate,
      counts: { planned: rate * 10 },
      ...changes,
    }),
  );
const slow = (p99: number): CellChanges => ({ latencyMs: { response: latency({ p99 }) } });

/** Of an endpoint by its key in the grid. */
const idOf = (key: string): string => (JSON.parse(key) as string[])[0]!;

describe('the ranking', () => {
  const ranking = rankSubjects(
    loadGrid(
      [...['fast', 'slow', 'late', 'early'].flatMap((id) => [at(id, 100, 1), at(id, 1000, 1, slow(5))])].map(
        (one) => {
          const { subject, load } = one.record;
          const rate = load.kind === 'constant-rate' ? load.ratePerSecond : 0;
          if (subject.id === 'slow' && rate === 1000) return at('slow', 1000, 1, slow(50));
          if (subject.id === 'late' && rate === 1000) return at('late', 1000, 1, { achievedRps: 10 });
          if (subject.id === 'early' && rate === 100) return at('early', 100, 1, { achievedRps: 97 });
          return one;
        },
      ),
    ),
  );

  test('puts first what fails at the lowest load, then the slowest', () => {
    expect(ranking.subjects.map(({ key }) => idOf(key))).toEqual(['early', 'late', 'slow', 'fast']);
  });

  test('names the load from which each fails', () => {
    expect(ranking.subjects.map(({ endurance }) => endurance[0]?.stopsAt?.size)).toEqual([
      100,
      1000,
      undefined,
      undefined,
    ]);
  });

  const rankOf = (...cells: ReturnType<typeof at>[]): string[] =>
    rankSubjects(loadGrid(cells)).subjects.map(({ key, endurance }) => {
      const { stopsAt, isUncertain } = endurance[0]!;
      return `${idOf(key)} ${stopsAt ? stopsAt.name : '–'}${isUncertain ? '?' : ''}`;
    });

  test('puts what is not known to keep up behind what does not, and before what does', () => {
    const ranked = rankOf(
      at('fine', 100, 1, { keepsUp: true }),
      at('unknown', 100, 1, { keepsUp: null, achievedRps: 50 }),
      at('behind', 100, 1, { keepsUp: false }),
    );
    expect(ranked).toEqual(['behind 100/s', 'unknown –?', 'fine –']);
  });

  test('says that what does not keep up may fail earlier, where a lower load left it open', () => {
    const cells = [at('a', 100, 1, { keepsUp: null }), at('a', 1000, 1, { keepsUp: false })];
    expect(rankOf(...cells)).toEqual(['a 1000/s?']);
    const above = [at('a', 100, 1, { keepsUp: false }), at('a', 1000, 1, { keepsUp: null })];
    expect(rankOf(...above)).toEqual(['a 100/s']);
  });

  test('puts what answers in time with errors before what succeeds, however fast the errors are', () => {
    const refusing = at('refusing', 100, 1, { keepsUp: true, achievedRps: 0, ...slow(1) });
    const good = at('good', 100, 1, { keepsUp: true, ...slow(50) });
    const nearly = at('nearly', 100, 1, { keepsUp: true, achievedRps: 99, ...slow(20) });
    expect(rankOf(nearly, good, refusing)).toEqual(['refusing –', 'good –', 'nearly –']);
  });

  test('compares under the highest load that all were measured under', () => {
    const { reference } = rankSubjects(
      loadGrid([at('a', 100, 1), at('b', 100, 1), at('a', 900, 2), at('b', 900, 2), at('b', 5000, 1)]),
    );
    expect(reference).toMatchObject({ size: 900, workers: 2 });
  });
});
