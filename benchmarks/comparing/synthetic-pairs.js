/*
 * Cells that were never measured: of each run a p50 and a p99 whose noise is known, so that it is known as well what should be
 * said of them.
 */

/** @typedef {import('../../src/model/results/cell-record.js').CellRecord} CellRecord */
/** @typedef {[CellRecord, ...CellRecord[]]} Repeats */
/** @typedef {() => number} Random */

/**
 * @typedef {object} Plan
 * @property {number} cells
 * @property {number} repeats on each side
 * @property {number} [changed] so many of the cells are slower in the candidate, the first ones
 * @property {number} [factor] by which they are
 * @property {number} [spread] of the runs of a cell, the typical one: standard deviation of the logarithm
 * @property {'normal' | 'heavy'} [tails] of what runs vary by
 */

const SECONDS = 30;
/** Of the logarithm of the latencies of one second, and how much of it the next second keeps. */
const WITHIN = { p50: 0.05, p99: 0.1, kept: 0.7 };
const TYPICAL_SPREAD = 0.06;
/** Degrees of freedom of the chi-squared that spreads of cells are scaled by: most lie between two thirds and twice the typical. */
const LIKENESS = 8;

/**
 * Pairs of cells as `judgePairs` takes them.
 * @param {Random} random @param {Plan} plan
 * @returns {{ base: Repeats, candidate: Repeats }[]}
 */
export function syntheticPairs(random, plan) {
  const { cells, repeats, changed = 0, factor = 1, spread = TYPICAL_SPREAD } = plan;
  return Array.from({ length: cells }, (_, at) => {
    const own = spread * Math.sqrt(LIKENESS / chiSquared(random, LIKENESS));
    /** @param {number} slower @returns {Repeats} */
    const side = (slower) => {
      const runs = Array.from({ length: repeats }, () => syntheticCell(random, at, slower, own, plan));
      return /** @type {Repeats} */ (runs);
    };
    return { base: side(1), candidate: side(at < changed ? factor : 1) };
  });
}

/** @param {Random} random @param {number} at @param {number} slower @param {number} spread @param {Plan} plan @returns {CellRecord} */
function syntheticCell(random, at, slower, spread, { tails = 'normal' }) {
  const ofRun = Math.log(10 * slower) + spread * (tails === 'heavy' ? heavy(random) : normal(random));
  // The tail varies by more than the middle, and mostly with it.
  const ofTail = ofRun + 1 + 0.5 * spread * normal(random);
  const middles = drifting(random, ofRun, WITHIN.p50);
  const tailsOfSeconds = drifting(random, ofTail, WITHIN.p99);
  const figures = { p50: Math.exp(mean(middles)), p99: Math.exp(mean(tailsOfSeconds)) };
  const record = {
    ...{ id: `cell_${at}`, workers: 1, repeat: 1, keepsUp: true, achievedRps: 100, cpuMsPerRequest: null },
    subject: { id: `cell_${at}`, operations: [{ id: `cell_${at}`, method: 'GET', path: `/${at}`, weight: 1 }] },
    load: { kind: 'constant-rate', ratePerSecond: 100, durationMs: 30_000, arrivals: 'constant' },
    window: { durationMs: 30_000, plannedRps: 100 },
    counts: { planned: 3000, succeeded: 3000 },
    successRate: 1,
    latencyMs: { response: { ...figures, p95: null, mean: null, lowerBounds: [] } },
    gauges: {},
    series: middles.map((middle, second) => ({
      ...{ second, p50Ms: Math.exp(middle), p99Ms: Math.exp(tailsOfSeconds[second] ?? 0) },
    })),
    verdict: { state: 'VALID', reasons: [] },
  };
  // What judging does not read is left out.
  return /** @type {CellRecord} */ (/** @type {unknown} */ (record));
}

/** Seconds that are like those before them. @param {Random} random @param {number} around @param {number} spread */
function drifting(random, around, spread) {
  const fresh = Math.sqrt(1 - WITHIN.kept ** 2);
  let now = normal(random);
  return Array.from({ length: SECONDS }, () => {
    now = WITHIN.kept * now + fresh * normal(random);
    return around + spread * now;
  });
}

/** @param {Random} random */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Student's t with 3 degrees of freedom, scaled to a variance of 1. @param {Random} random */
function heavy(random) {
  return normal(random) / Math.sqrt(chiSquared(random, 3));
}

/** @param {Random} random @param {number} degreesOfFreedom */
function chiSquared(random, degreesOfFreedom) {
  return Array.from({ length: degreesOfFreedom }, () => normal(random) ** 2).reduce((sum, one) => sum + one, 0);
}

/** @param {readonly number[]} values */
function mean(values) {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
