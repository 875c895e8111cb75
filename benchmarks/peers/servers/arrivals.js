/*
 * A server that notes when each request arrived, and answers at once. Its parent orders `reset` before a
 * trial, `count` during it and `summary` after it.
 */
import { performance } from 'node:perf_hooks';
import { quantile } from '../statistics.js';
import { ANSWER, serve, spin, tell } from './http.js';

const FIRST = 50; // bench asks a few times whether the server is ready before its load begins
const SKIPPED_MS = 1000; // of each trial: until every generator's code is compiled and its connections open
const arrivedMs = new Float64Array(16_000_000);
let count = 0;
let isMeasuring = false;

serve((socket) => {
  arrivedMs[count] = performance.now();
  count += 1;
  if (count === FIRST) tell({ kind: 'first' });
  socket.write(ANSWER);
});

process.on('message', (/** @type {import('../servers.js').Order} */ order) => {
  switch (order.kind) {
    case 'reset':
      globalThis.gc?.();
      count = 0;
      isMeasuring = true;
      spin(() => isMeasuring);
      tell({ kind: 'reset' });
      break;
    case 'count':
      tell({ kind: 'count', count });
      break;
    case 'summary':
      isMeasuring = false;
      tell({ kind: 'arrivals', ...summary(1000 / order.ratePerSecond) });
      break;
  }
});

/** @param {number} plannedGapMs @returns {import('../servers.js').Arrivals} */
function summary(plannedGapMs) {
  const all = arrivedMs.subarray(0, count);
  const start = (all[FIRST - 1] ?? Number.POSITIVE_INFINITY) + SKIPPED_MS;
  const firstKept = all.findIndex((time) => time >= start);
  const kept = firstKept === -1 ? all.subarray(count) : all.subarray(firstKept);
  const errorsUs = new Float64Array(Math.max(0, kept.length - 1));
  for (let i = 1; i < kept.length; i += 1)
    errorsUs[i - 1] = Math.abs((kept[i] ?? 0) - (kept[i - 1] ?? 0) - plannedGapMs) * 1000;
  errorsUs.sort();
  return {
    count,
    keptCount: kept.length,
    ratePerSecond: slope(kept) * 1000,
    gapErrorUs: { p50: quantile(errorsUs, 0.5), p99: quantile(errorsUs, 0.99), max: errorsUs.at(-1) ?? 0 },
    offScheduleP99Us: offSchedule(kept, plannedGapMs) * 1000,
  };
}

/**
 * How far 99 % of the arrivals are at most from an even schedule with the same middle. Gaps alone do not show
 * bursts: within one, every gap is but one planned gap too short.
 *
 * @param {Float64Array} times @param {number} gapMs
 */
function offSchedule(times, gapMs) {
  const late = times.map((time, i) => time - i * gapMs);
  const middle = quantile(late.slice().sort(), 0.5);
  return quantile(late.map((value) => Math.abs(value - middle)).sort(), 0.99);
}

/**
 * Arrivals per millisecond as the least-squares line through (time, arrivals so far). Count divided by span
 * would be off by a whole burst for the tools that send in bursts.
 *
 * @param {Float64Array} times
 */
function slope(times) {
  const n = times.length;
  const middle = (n - 1) / 2;
  const meanTime = times.reduce((sum, time) => sum + time, 0) / n;
  let both = 0;
  let time2 = 0;
  for (let i = 0; i < n; i += 1) {
    const dt = (times[i] ?? 0) - meanTime;
    both += dt * (i - middle);
    time2 += dt * dt;
  }
  return both / time2;
}
