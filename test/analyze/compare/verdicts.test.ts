import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareReports, type CompareOptions } from '../../../src/analyze/compare/compare-reports.js';
import type { ComparedCell, Comparison, JudgedChange } from '../../../src/model/results/comparison.js';
import type { CellRecord } from '../../../src/model/results/cell-record.js';
import type { AbPair } from '../../../src/model/results/run-record.js';
import type { JudgedReport } from '../../../src/model/report/report.js';
import { cell, latency, type CellChanges } from '../../support/cells.js';
import { noiseFloor } from '../../support/noise.js';
import { runRecord } from '../../support/runs.js';

const NO_SPECTRUM = { count: 0, points: [] };
const SPECTRA = { response: NO_SPECTRUM, service: NO_SPECTRUM, sendLag: NO_SPECTRUM, byOperation: [] };

function run(name: string, records: readonly CellRecord[], pair?: AbPair): JudgedReport {
  const { cells: _cells, ...record } = runRecord(pair === undefined ? {} : { pair });
  const cells = records.map((one) => ({ record: one, buckets: [], samples: [], spectra: SPECTRA }));
  return { name, folder: `/runs/${name}`, run: record, cells, remarks: [] };
}

const compare = (
  base: readonly JudgedReport[],
  candidate: readonly JudgedReport[],
  options?: CompareOptions,
): Comparison => compareReports(base, candidate, options);

/** A cell whose latencies are all `slower` times as high. */
function timed(slower: number, changes: CellChanges = {}): CellRecord {
  const scaled = Object.entries(latency()).map(([key, value]) => [
    key,
    typeof value === 'number' && key !== 'censored' ? value * slower : value,
  ]);
  const series = cell().series.map((second) => ({ ...second, p50Ms: 0.7 * slower, p99Ms: 4.8 * slower }));
  const figures = Object.fromEntries(scaled) as CellRecord['latencyMs']['response'];
  return { ...cell({ latencyMs: { response: figures }, ...changes }), series };
}

/** One run for each factor. */
const runs = (name: string, factors: readonly number[], changes: CellChanges = {}): JudgedReport[] =>
  factors.map((slower, at) => run(`${name}${at}`, [timed(slower, changes)]));

function only({ cells }: Comparison): ComparedCell {
  const [first] = cells;
  if (first === undefined || cells.length > 1) throw new Error(`${cells.length} cells`);
  return first;
}
const judged = (comparison: Comparison, figure: string): JudgedChange => {
  const found = only(comparison).judgements.find((one) => one.figure === figure);
  if (found === undefined) throw new Error(`no ${figure}`);
  return found;
};

const STEADY = [1, 1.01, 0.99, 1.005, 0.995];
const SLOWER = STEADY.map((one) => one * 1.3);

describe('with repeats on both sides', () => {
  test('a change beyond the margin is REGRESSED one way and IMPROVED the other', () => {
    const worse = compare(runs('a', STEADY), runs('b', SLOWER));
    expect(only(worse).outcome).toBe('REGRESSED');
    expect(worse.outcome).toMatchObject({ state: 'REGRESSED', regressed: 1 });
    const p50 = judged(worse, 'p50');
    expect(p50).toMatchObject({ verdict: 'REGRESSED', basis: 'repeats', repeats: { base: 5, candidate: 5 } });
    expect(p50.percent).toBeCloseTo(30, 6);
    expect(p50.interval?.lowPercent).toBeGreaterThan(25);
    expect(p50.interval?.highPercent).toBeLessThan(35);
    expect(only(compare(runs('a', SLOWER), runs('b', STEADY))).outcome).toBe('IMPROVED');
  });

  test('a change that is sure and smaller than the margin is UNCHANGED', () => {
    const comparison = compare(runs('a', STEADY), runs('b', STEADY.map((one) => one * 1.02)));
    expect(only(comparison).outcome).toBe('UNCHANGED');
    expect(judged(comparison, 'p50').interval?.confidence).toBe(0.9);
  });

  test('what is not known is INCONCLUSIVE, and it is said how many repeats would tell', () => {
    const comparison = compare(runs('a', [1, 1.3, 0.8]), runs('b', [1.2, 0.9, 1.4]));
    const p50 = judged(comparison, 'p50');
    expect(p50.verdict).toBe('INCONCLUSIVE');
    expect(p50.neededRepeats).toBeGreaterThan(3);
    expect(p50.detectablePercent).toBeGreaterThan(20);
    expect(only(comparison).outcome).toBe('INCONCLUSIVE');
  });

  test('repeats of one run count as much as runs of one repeat', () => {
    const repeats = (factors: readonly number[]): CellRecord[] =>
      factors.map((slower, at) => ({ ...timed(slower), id: `r${at}`, repeat: at + 1 }));
    const inOne = compare([run('a', repeats(STEADY))], [run('b', repeats(SLOWER))]);
    expect(only(inOne).judgements).toEqual(only(compare(runs('a', STEADY), runs('b', SLOWER))).judgements);
  });

  test('numbers of repeats may differ, and may be hundreds', () => {
    const many = Array.from({ length: 300 }, (_, at) => 1 + 0.01 * Math.sin(at));
    const comparison = compare(runs('a', [1, 1.01]), [run('b', many.map((slower, at) => ({ ...timed(slower * 1.3), id: `r${at}`, repeat: at })))]);
    expect(judged(comparison, 'p50').repeats).toEqual({ base: 2, candidate: 300 });
    expect(judged(comparison, 'p50').verdict).toBe('REGRESSED');
  });

  test('an exploratory figure alone decides nothing', () => {
    const comparison = compare(runs('a', STEADY), runs('b', STEADY, { cpuMsPerRequest: 2 }));
    expect(judged(comparison, 'cpu-per-request')).toMatchObject({ verdict: 'REGRESSED', family: 'exploratory' });
    expect(only(comparison).outcome).toBe('UNCHANGED');
  });
});

describe('runs of bench ab', () => {
  const pairsOf = (side: AbPair['side'], factors: readonly number[]): JudgedReport[] =>
    factors.map((slower, at) =>
      run(`${side}${at}`, [timed(slower)], { id: 'x', index: at + 1, side }),
    );
  /** The machine was slow now and then, for both sides of a pair alike. */
  const DRIFT = [1, 1.5, 0.7, 1.2, 0.9];

  test('are compared pair by pair, from five pairs on', () => {
    const slower = DRIFT.map((one, at) => one * 1.3 * (1 + 0.004 * at));
    const comparison = compare(pairsOf('base', DRIFT), pairsOf('candidate', slower).reverse());
    expect(comparison.isPaired).toBe(true);
    expect(only(comparison).outcome).toBe('REGRESSED');
    expect(only(compare(runs('a', DRIFT), runs('b', slower))).outcome).toBe('INCONCLUSIVE');
  });

  test('are no pairs where fewer are left, or they are of two', () => {
    const four = compare(pairsOf('base', DRIFT.slice(1)), pairsOf('candidate', DRIFT.slice(1)));
    expect(four.isPaired).toBe(false);
    const others = DRIFT.map((slower, at) =>
      run(`c${at}`, [timed(slower)], { id: 'y', index: at + 1, side: 'candidate' }),
    );
    expect(compare(pairsOf('base', DRIFT), others).isPaired).toBe(false);
  });

  test('leave out a pair of which a side is INVALID', () => {
    const [first, ...others] = pairsOf('candidate', [...DRIFT, 1.1]);
    const invalid = run('x', [timed(9, { verdict: { state: 'INVALID' } })], { id: 'x', index: 1, side: 'candidate' });
    expect(first).toBeDefined();
    const comparison = compare(pairsOf('base', [...DRIFT, 1.1]), [invalid, ...others]);
    expect(comparison.isPaired).toBe(true);
    expect(only(comparison).why).toBe('left out: 1 INVALID repeat of B');
    expect(judged(comparison, 'p50')).toMatchObject({ repeats: { base: 5, candidate: 5 }, percent: 0 });
  });
});

describe('with a single run on a side', () => {
  test('a large change is SUSPECT, a small one INCONCLUSIVE, and nothing is more', () => {
    const large = compare(runs('a', [1]), runs('b', [3]));
    expect(only(large).outcome).toBe('SUSPECT');
    expect(judged(large, 'p50')).toMatchObject({ basis: 'sections', why: expect.stringContaining('repeat') });
    expect(only(compare(runs('a', [1]), runs('b', [1.1]))).outcome).toBe('INCONCLUSIVE');
    expect(only(compare(runs('a', [1]), runs('b', SLOWER.map((one) => 2 * one)))).outcome).toBe('SUSPECT');
  });

  test('the noise floor of the machine tells more than what is assumed without it', () => {
    const quiet = { ...noiseFloor(), figures: noiseFloor().figures.map((one) => ({ ...one, sdLog: 0.005 })) };
    const options = { noiseFloor: quiet };
    const comparison = compare(runs('a', [1]), runs('b', [1.1]), options);
    expect(only(comparison).outcome).toBe('SUSPECT');
    expect(comparison.noiseFloor).toEqual({ host: quiet.machine.host, measuredAt: quiet.measuredAt });
    expect(only(compare(runs('a', [1]), runs('b', [1]), options)).outcome).toBe('UNCHANGED');
  });

  test('a noise floor of another machine is not used', () => {
    const other = noiseFloor({ machine: { ...noiseFloor().machine, host: 'another' } });
    expect(compare(runs('a', [1]), runs('b', [1.1]), { noiseFloor: other }).noiseFloor).toBeNull();
  });

  test('nothing is said of a window too short for sections', () => {
    const short = (slower: number): CellRecord => ({ ...timed(slower), series: timed(1).series.slice(0, 2) });
    const comparison = compare([run('a', [short(1)])], [run('b', [short(9)])]);
    expect(judged(comparison, 'p50')).toMatchObject({ verdict: null, why: expect.stringContaining('too short') });
    expect(only(comparison).outcome).toBe('INCONCLUSIVE');
  });
});

describe('a target that does not keep up', () => {
  const BEHIND = { keepsUp: false, achievedRps: 700 };

  test('in all runs of the candidate alone is REGRESSED, whatever its latencies; with few runs SUSPECT', () => {
    const comparison = compare(runs('a', STEADY), runs('b', STEADY, BEHIND));
    expect(only(comparison).outcome).toBe('REGRESSED');
    expect(judged(comparison, 'keeps-up')).toMatchObject({ basis: 'category', verdict: 'REGRESSED' });
    expect(judged(comparison, 'p50')).toMatchObject({ verdict: null, why: expect.stringContaining('keep up') });
    expect(only(compare(runs('a', STEADY, BEHIND), runs('b', STEADY))).outcome).toBe('IMPROVED');
    expect(only(compare(runs('a', [1]), runs('b', [1], BEHIND))).outcome).toBe('SUSPECT');
  });

  test('in some runs only is not known', () => {
    const mixed = [...runs('b', [1, 1]), ...runs('c', [1, 1], BEHIND)];
    expect(only(compare(runs('a', STEADY), mixed)).outcome).toBe('INCONCLUSIVE');
  });

  test('on both sides shows what it can do', () => {
    const halved = { ...BEHIND, achievedRps: 350 };
    const comparison = compare(runs('a', STEADY, BEHIND), runs('b', STEADY, halved));
    expect(judged(comparison, 'achieved')).toMatchObject({ family: 'primary', verdict: 'REGRESSED' });
    expect(only(comparison).outcome).toBe('REGRESSED');
    expect(only(compare(runs('a', STEADY, BEHIND), runs('b', SLOWER, BEHIND))).outcome).toBe('UNCHANGED');
  });
});

describe('success', () => {
  const failing = (failed: number): CellChanges => ({
    counts: { succeeded: 10_000 - failed, failed },
    successRate: 1 - failed / 10_000,
  });

  test('that falls in all runs is REGRESSED, in points', () => {
    const comparison = compare(runs('a', STEADY), runs('b', STEADY, failing(100)));
    expect(judged(comparison, 'success')).toMatchObject({ basis: 'counts', percent: -1, verdict: 'REGRESSED' });
    expect(only(comparison).outcome).toBe('REGRESSED');
  });

  test('that falls in one burst is not', () => {
    const burst = [...runs('b', STEADY.slice(1)), ...runs('c', [1], failing(500))];
    expect(judged(compare(runs('a', STEADY), burst), 'success').verdict).toBe('INCONCLUSIVE');
  });

  test('of nothing on either side leaves nothing to judge', () => {
    const none = { ...failing(10_000), achievedRps: 0 };
    const comparison = compare(runs('a', STEADY, none), runs('b', STEADY, none));
    expect(only(comparison)).toMatchObject({ outcome: null, judgements: [], why: 'no request succeeded on either side' });
    expect(comparison.outcome).toMatchObject({ state: 'INCONCLUSIVE', notJudged: 1 });
  });

  test('of nothing on one side is REGRESSED', () => {
    const none = { ...failing(10_000), achievedRps: 0 };
    expect(only(compare(runs('a', STEADY), runs('b', STEADY, none))).outcome).toBe('REGRESSED');
  });
});

describe('what cannot be judged is said:', () => {
  test('INVALID cells', () => {
    const invalid = { verdict: { state: 'INVALID' as const } };
    const none = compare(runs('a', STEADY), runs('b', SLOWER, invalid));
    expect(only(none)).toMatchObject({ outcome: null, why: 'INVALID on B' });
    const some = compare([...runs('a', STEADY), ...runs('x', [9], invalid)], runs('b', STEADY));
    expect(only(some)).toMatchObject({ outcome: 'UNCHANGED', why: 'left out: 1 INVALID repeat of A' });
  });

  test('percentiles that are lower bounds, or of too few requests', () => {
    const bound = cell({ latencyMs: { response: latency({ lowerBounds: ['p99'] }) } });
    const comparison = compare(runs('a', STEADY), [run('b', [bound]), ...runs('c', STEADY)]);
    expect(judged(comparison, 'p99')).toMatchObject({ verdict: null, why: 'B: only a lower bound in 1 of 6 repeats' });
    const few = { counts: { planned: 100, succeeded: 100 } };
    const short = compare(runs('a', STEADY, few), runs('b', STEADY, few));
    expect(judged(short, 'p99').why).toBe('A: 100 requests are too few for it: 368 are needed');
    expect(judged(short, 'p95').verdict).toBe('UNCHANGED');
  });

  test('nothing in common', () => {
    const comparison = compare(runs('a', STEADY), [run('b', [cell({ operation: { path: '/x' } })])]);
    expect(comparison).toMatchObject({ cells: [], outcome: { state: 'INCONCLUSIVE' } });
  });
});

test('runs against themselves are UNCHANGED, however many', () => {
  for (const factors of [[1], [1, 2], [1, 5, 2, 3, 1]]) {
    const same = compare(runs('a', factors), runs('a', factors));
    expect(same.isSameDirectory).toBe(true);
    expect(same.outcome).toMatchObject({ state: 'UNCHANGED', unchanged: 1 });
  }
});

const anyRuns = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 2, maxLength: 7 });
const MIRRORED = { REGRESSED: 'IMPROVED', IMPROVED: 'REGRESSED' } as const;

test('the other way round it is the mirror image', () => {
  fc.assert(
    fc.property(anyRuns, anyRuns, (a, b) => {
      const there = judged(compare(runs('a', a), runs('b', b)), 'p50');
      const back = judged(compare(runs('b', b), runs('a', a)), 'p50');
      expect(back.pValue).toBeCloseTo(there.pValue ?? 0, 9);
      const { verdict } = there;
      const isChange = verdict === 'REGRESSED' || verdict === 'IMPROVED';
      expect(back.verdict).toBe(isChange ? MIRRORED[verdict] : verdict);
      const product = (1 + (there.percent ?? 0) / 100) * (1 + (back.percent ?? 0) / 100);
      expect(product).toBeCloseTo(1, 9);
    }),
    { numRuns: 100 },
  );
});

test('nothing depends on the unit', () => {
  fc.assert(
    fc.property(anyRuns, anyRuns, fc.double({ min: 0.01, max: 1000, noNaN: true }), (a, b, unit) => {
      const scaled = (factors: readonly number[]): number[] => factors.map((one) => one * unit);
      const one = judged(compare(runs('a', a), runs('b', b)), 'p50');
      const other = judged(compare(runs('a', scaled(a)), runs('b', scaled(b))), 'p50');
      expect(other.verdict).toBe(one.verdict);
      expect(other.percent).toBeCloseTo(one.percent ?? 0, 6);
      expect(other.pValue).toBeCloseTo(one.pValue ?? 0, 6);
    }),
    { numRuns: 100 },
  );
});

describe('what keeps cells apart is named with the flag that compares across it:', () => {
  const at = (changes: CellChanges, load?: CellRecord['load']): JudgedReport[] => [
    run('x', [load === undefined ? timed(1, changes) : { ...timed(1, changes), load }]),
  ];
  const constant = (ratePerSecond: number): CellRecord['load'] => ({
    ...{ kind: 'constant-rate', ratePerSecond, durationMs: 10_000, arrivals: 'constant' },
  });
  const named = (reports: JudgedReport[]): JudgedReport[] => reports.map((one) => ({ ...one, folder: '/runs/y' }));

  test('workers', () => {
    const [base, candidate] = [at({ workers: 4 }), named(at({ workers: 1 }))];
    const { keptApart } = compare(base, candidate);
    expect(keptApart).toEqual([
      { by: 'workers', flag: '--across workers', base: ['4'], candidate: ['1'], pairs: 1 },
    ]);
    expect(compare(base, candidate, { across: ['workers'] })).toMatchObject({ keptApart: [], across: ['workers'] });
  });

  test('rates, arrivals, and both', () => {
    const poisson = { ...constant(20), arrivals: 'poisson', seed: 1 } as CellRecord['load'];
    const flagOf = (a: CellRecord['load'], b: CellRecord['load']): string | undefined =>
      compare(at({}, a), named(at({}, b))).keptApart[0]?.flag;
    expect(flagOf(constant(10), constant(20))).toBe('--across rates');
    expect(flagOf(constant(20), poisson)).toBe('--across arrivals');
    expect(flagOf(constant(10), poisson)).toBe('--across rates arrivals');
    const both = compare(at({}, constant(10)), named(at({}, poisson)), { across: ['rates', 'arrivals'] });
    expect(both.cells).toHaveLength(1);
  });

  test('an operation that was renamed', () => {
    const [base, candidate] = [at({}), named(at({ operation: { path: '/v2/items' } }))];
    expect(compare(base, candidate).keptApart[0]?.flag).toBe(
      "--map 'GET /items/{item_id}=GET /v2/items'",
    );
    const renamings = [{ from: 'GET /items/{item_id}', to: 'GET /v2/items' }];
    expect(compare(base, candidate, { renamings }).cells).toHaveLength(1);
    expect(() => compare(base, candidate, { renamings: [{ from: 'nothing', to: 'GET /v2/items' }] })).toThrow(
      /no cell of the base asks nothing/,
    );
  });
});
