import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareReports } from '../../../src/analyze/compare/compare-reports.js';
import { comparisonSchema, type Comparison } from '../../../src/model/results/comparison.js';
import type { Load } from '../../../src/model/loads/index.js';
import type { JudgedReport } from '../../../src/model/report/report.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import type { RunRecord } from '../../../src/model/results/run-record.js';
import { caseOf, cell, latency, type CellChanges } from '../../support/cells.js';
import { runRecord } from '../../support/runs.js';

const NO_SPECTRUM = { count: 0, points: [] };

function report(
  name: string,
  records: readonly CellRecord[],
  changes: Partial<RunRecord> = {},
): JudgedReport {
  const run = withoutCells(runRecord(changes));
  const spectra = { response: NO_SPECTRUM, service: NO_SPECTRUM, sendLag: NO_SPECTRUM, byOperation: [] };
  const cells = records.map((record) => ({ record, buckets: [], samples: [], spectra }));
  return { name, folder: `/runs/${name}`, run, cells, remarks: [] };
}

function withoutCells({ cells: _cells, ...run }: RunRecord): NonNullable<JudgedReport['run']> {
  return run;
}

const stages = (...durations: readonly number[]): Load => ({
  kind: 'stages',
  stages: durations.map((durationMs, at) => ({ fromRatePerSecond: 0, toRatePerSecond: at + 1, durationMs })),
});
const constant = (ratePerSecond: number, durationMs = 10_000): Load => ({
  kind: 'constant-rate',
  ratePerSecond,
  durationMs,
  arrivals: 'constant',
});

function at(id: string, load: Load, changes: CellChanges = {}): CellRecord {
  return { ...cell({ id, ...changes }), load };
}

function compare(base: readonly CellRecord[], candidate: readonly CellRecord[]): Comparison {
  return compareReports([report('a', base)], [report('b', candidate)]);
}

const pairsOf = ({ cells }: Comparison): string[][] =>
  cells.map(({ base, candidate }) => [base.cellIds.join('+'), candidate.cellIds.join('+')]);
const idsOf = (groups: Comparison['onlyInBase']): string[] => groups.flatMap(({ cellIds }) => cellIds);

describe('cells are matched', () => {
  test('by method, path, load and worker count, not by the id of the operation', () => {
    const other = at('b1', constant(10), { operation: { id: 'read_item' } });
    const result = compare([at('a1', constant(10))], [other]);
    expect(pairsOf(result)).toEqual([['a1', 'b1']]);
  });

  test('by the limits of their resource cases, whatever these are called', () => {
    const inCase = (id: string, name: string, cpuCores: number): CellRecord =>
      at(id, constant(10), { case: caseOf(name, { cpuCores }) });
    const base = [inCase('a1', '1 core', 1), inCase('a2', 'half', 0.5), at('a3', constant(10))];
    const result = compare(base, [inCase('b1', 'half a core', 0.5), inCase('b2', '1 core', 2)]);
    expect(pairsOf(result)).toEqual([['a2', 'b1']]);
    expect(idsOf(result.onlyInBase)).toEqual(['a1', 'a3']);
    expect(idsOf(result.onlyInCandidate)).toEqual(['b2']);
    expect(result.cells[0]?.base.case?.name).toBe('half');
  });

  test('of cases, and it is said where they were held in other ways', () => {
    const held = caseOf('one', { cpuCores: 1, memoryBytes: 2 ** 28 });
    const open = { ...held, cpuBy: 'taskset', memoryBy: 'nothing' } as const;
    const inCase = (id: string, limits: typeof held): CellRecord => at(id, constant(10), { case: limits });
    const { differences } = compare([inCase('a1', held)], [inCase('b1', open)]);
    expect(differences?.filter(({ name }) => name.endsWith('limited by'))).toEqual([
      { about: 'configuration', name: 'cores limited by', base: 'cgroup-v2', candidate: 'taskset' },
      { about: 'configuration', name: 'memory limited by', base: 'cgroup-v2', candidate: 'nothing' },
    ]);
  });

  test.each<[string, CellRecord]>([
    ['method', at('b1', constant(10), { operation: { method: 'POST' } })],
    ['path', at('b1', constant(10), { operation: { path: '/other' } })],
    ['rate', at('b1', constant(20))],
    ['kind of arrivals', at('b1', { ...constant(10), arrivals: 'poisson', seed: 1 } as Load)],
    ['kind of load', at('b1', stages(10_000))],
    ['worker count', at('b1', constant(10), { workers: 2 })],
  ])('never over another %s', (_, other) => {
    const result = compare([at('a1', constant(10))], [other]);
    expect(pairsOf(result)).toEqual([]);
    expect(idsOf(result.onlyInBase)).toEqual(['a1']);
    expect(idsOf(result.onlyInCandidate)).toEqual(['b1']);
  });

  test('over another length, yet first of all with one of the same length', () => {
    const base = [at('a-short', constant(10, 1000)), at('a-long', constant(10, 9000))];
    const candidate = [at('b-longest', constant(10, 60_000)), at('b-long', constant(10, 9000))];
    expect(pairsOf(compare(base, candidate))).toEqual([
      ['a-short', 'b-longest'],
      ['a-long', 'b-long'],
    ]);
    expect(pairsOf(compare([at('a', stages(1, 2))], [at('b', stages(2, 2))]))).toEqual([['a', 'b']]);
  });

  test('of random arrivals whatever their seed', () => {
    const poisson = (seed: number): Load => ({ ...constant(10), arrivals: 'poisson', seed }) as Load;
    expect(pairsOf(compare([at('a', poisson(1))], [at('b', poisson(2))]))).toEqual([['a', 'b']]);
  });

  test('with the median of their repeats, and the worst of their verdicts', () => {
    const repeat = (id: string, p50: number, changes: CellChanges = {}): CellRecord =>
      at(id, constant(10), { latencyMs: { response: latency({ p50 }) }, ...changes });
    const reasons = [{ id: 'generator-lagged', message: 'late' }];
    const result = compare(
      [repeat('a1', 1), repeat('a2', 9, { verdict: { state: 'INVALID', reasons } }), repeat('a3', 2)],
      [repeat('b1', 3), repeat('b2', 5)],
    );
    expect(pairsOf(result)).toEqual([['a1+a2+a3', 'b1+b2']]);
    const [only] = result.cells;
    expect(only?.base).toMatchObject({ verdict: 'INVALID', reasons: ['generator-lagged'] });
    expect(only?.candidate).toMatchObject({ verdict: 'VALID', reasons: [] });
    expect(only?.metrics.find(({ metric }) => metric === 'p50')).toMatchObject({
      base: { value: 2, repeats: 3, isLowerBound: false },
      candidate: { value: 4, repeats: 2, isLowerBound: false },
      change: { absolute: 2, percent: 100, bound: 'exact' },
    });
  });
});

const anyCell = fc
  .record({
    rate: fc.constantFrom(10, 20),
    durationMs: fc.constantFrom(1000, 2000),
    workers: fc.constantFrom(1, 2),
    path: fc.constantFrom('/a', '/b'),
    p50: fc.option(fc.integer({ min: 0, max: 9 })),
    isBound: fc.boolean(),
  })
  .map(({ rate, durationMs, workers, path, p50, isBound }) =>
    at('', constant(rate, durationMs), {
      workers,
      operation: { path },
      latencyMs: { response: latency({ p50, lowerBounds: isBound ? ['p50'] : [] }) },
    }),
  );
const anyRun = (side: string): fc.Arbitrary<CellRecord[]> =>
  fc
    .array(anyCell, { maxLength: 12 })
    .map((cells) => cells.map((one, index) => ({ ...one, id: `${side}${index}` })));

describe('any two runs', () => {
  test('have every cell of both exactly once', () => {
    fc.assert(
      fc.property(anyRun('a'), anyRun('b'), (base, candidate) => {
        const result = compare(base, candidate);
        const idsIn = (side: 'base' | 'candidate', alone: string[]): string[] =>
          [...result.cells.flatMap((one) => one[side].cellIds), ...alone].sort();
        expect(idsIn('base', idsOf(result.onlyInBase))).toEqual(base.map(({ id }) => id).sort());
        expect(idsIn('candidate', idsOf(result.onlyInCandidate))).toEqual(
          candidate.map(({ id }) => id).sort(),
        );
      }),
    );
  });

  test('have no change when they are the same run', () => {
    fc.assert(
      fc.property(anyRun('a'), (cells) => {
        const result = compare(cells, cells);
        expect([...result.onlyInBase, ...result.onlyInCandidate]).toEqual([]);
        for (const { base, candidate, metrics } of result.cells) {
          expect(candidate).toEqual(base);
          for (const metric of metrics) {
            expect(metric.candidate).toEqual(metric.base);
            if (metric.base === null || metric.base.isLowerBound) expect(metric.change).toBeNull();
            else expect(metric.change).toMatchObject({ absolute: 0, bound: 'exact' });
          }
        }
      }),
    );
  });

  test('the other way round have the same pairs and the inverse changes', () => {
    fc.assert(
      fc.property(anyRun('a'), anyRun('b'), (base, candidate) => {
        const there = compare(base, candidate);
        const back = compare(candidate, base);
        expect(
          pairsOf(back)
            .map((pair) => pair.toReversed())
            .sort(),
        ).toEqual(pairsOf(there).sort());
        expect(back.onlyInBase).toEqual(there.onlyInCandidate);
        for (const one of there.cells) {
          const twin = back.cells.find(({ candidate: { cellIds } }) => cellIds[0] === one.base.cellIds[0])!;
          for (const [index, { change }] of one.metrics.entries()) {
            const inverse = twin.metrics[index]!.change;
            expect(inverse === null).toBe(change === null);
            if (!change || !inverse) continue;
            expect(inverse.absolute + change.absolute).toBe(0);
            const opposite = { exact: 'exact', 'at-least': 'at-most', 'at-most': 'at-least' } as const;
            expect(inverse.bound).toBe(opposite[change.bound]);
            if (change.percent === null || inverse.percent === null) continue;
            expect((1 + change.percent / 100) * (1 + inverse.percent / 100)).toBeCloseTo(1, 9);
          }
        }
      }),
    );
  });

  test('are described by the schema', () => {
    fc.assert(
      fc.property(anyRun('a'), anyRun('b'), (base, candidate) => {
        const result = compare(base, candidate);
        expect(comparisonSchema.parse(result)).toEqual(result);
      }),
    );
  });
});

describe('differences', () => {
  const { environment } = runRecord();
  const cells = [at('a', constant(10))];
  const between = (base: Partial<RunRecord>, candidate: Partial<RunRecord>): Comparison['differences'] =>
    compareReports([report('a', cells, base)], [report('b', cells, candidate)]).differences;

  test('of machine and configuration are named, whatever the key', () => {
    const config = { warmupMs: 500, connection: { keepAlive: true }, later: [1] };
    expect(
      between(
        { config },
        {
          config: { ...config, warmupMs: 2000, connection: { keepAlive: false }, later: [1, 2], fresh: 1 },
          environment: { ...environment, cores: 8 },
          tool: { name: 'openapi-bench', version: '9.0.0' },
        },
      ),
    ).toEqual([
      { about: 'environment', name: 'toolVersion', base: '0.1.0', candidate: '9.0.0' },
      { about: 'environment', name: 'cores', base: 2, candidate: 8 },
      { about: 'configuration', name: 'warmupMs', base: 500, candidate: 2000 },
      { about: 'configuration', name: 'connection.keepAlive', base: true, candidate: false },
      { about: 'configuration', name: 'later', base: [1], candidate: [1, 2] },
      { about: 'configuration', name: 'fresh', base: null, candidate: 1 },
    ]);
  });

  test('that change no figure are left out', () => {
    expect(
      between(
        {
          config: {
            out: 'a',
            metricsPort: null,
            loads: [1],
            target: { port: { kind: 'free' }, folder: '/a' },
          },
        },
        {
          config: {
            out: 'b',
            metricsPort: 9464,
            loads: [2],
            target: { port: { kind: 'fixed', number: 80 }, folder: '/b' },
          },
          environment: { ...environment, loadAverage1m: 2, freeFiles: 1, gitCommit: 'abc' },
        },
      ),
    ).toEqual([]);
  });

  test('of how auto has loaded the cells are named', () => {
    const relaxed = [at('b', constant(10), { generator: { pacing: 'relaxed', threads: 2 } })];
    expect(compareReports([report('a', cells)], [report('b', relaxed)]).differences).toEqual([
      { about: 'configuration', name: 'pacing in effect', base: 'precise', candidate: 'relaxed' },
      { about: 'configuration', name: 'threads in effect', base: '1', candidate: '2' },
    ]);
  });

  test('are not known when the record of a run is damaged', () => {
    const damaged = { ...report('b', cells), run: null };
    expect(compareReports([report('a', cells)], [damaged]).differences).toBeNull();
  });
});

test('a directory compared with itself is said to be the same', () => {
  const one = report('a', [at('a', constant(10))]);
  expect(compareReports([one], [one]).isSameDirectory).toBe(true);
  expect(compareReports([one], [report('b', [])]).isSameDirectory).toBe(false);
});
