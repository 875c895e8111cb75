import { LEAST_ANSWERED_SHARE } from '../model/results/verdict.js';
import type { Distribution, Measurements } from '../model/generation/measurements.js';
import type { CellRecord } from '../model/results/cell-record.js';
import type { LatencyFigures } from '../model/results/operation-record.js';
import { quantileUs } from './buckets.js';
import { AFTER_BINS, RunningTotal, WINDOW_BINS } from './flow.js';
import { distributionFigures } from './latency.js';

/** How far the backlog may grow, as a share of the requests that fell due meanwhile. */
const MOST_GROWTH = 0.02;
/** Standard deviations that chance makes of a number of requests: that of a Poisson variable is its root. */
const CHANCE = 3;
/** Of the window, in bins: long enough for a mean, and two of them are well apart. */
const FIFTH = 1 / 5;

interface KeepingUp {
  /** `null` = not known. */
  readonly keepsUp: boolean | null;
  readonly backlog: NonNullable<CellRecord['backlog']> | null;
}

/**
 * Whether the target kept up with the load: whether it answered nearly all in time, and whether the backlog (due
 * and not ended) stood still. `response` are the figures of the response time.
 */
export function keepingUp(
  { outcomes, flow }: Pick<Measurements, 'outcomes' | 'flow'>,
  response: Pick<LatencyFigures, 'p50'>,
  windowMs: number,
): KeepingUp {
  const { planned, completed } = outcomes;
  if (planned === 0) return { keepsUp: null, backlog: null };
  const medianUs = undisturbedMedianUs(flow, response);
  const backlog = medianUs === null ? null : backlogOf(flow, (medianUs / (windowMs * 1000)) * WINDOW_BINS);
  if (completed < LEAST_ANSWERED_SHARE * planned) return { keepsUp: false, backlog };
  if (backlog && backlog.growth > backlog.allowedGrowth) return { keepsUp: false, backlog };
  // A backlog of which no growth is seen may still grow slowly in so short a time.
  const isLongEnough = backlog !== null && windowMs >= 2 * (response.p50 ?? Infinity);
  return { keepsUp: isLongEnough ? true : null, backlog };
}

/**
 * Microseconds. Where a backlog grows, the median of all holds the wait in it, and would make any window look
 * too short: then that of the first requests counts.
 */
function undisturbedMedianUs(
  flow: Measurements['flow'],
  { p50 }: Pick<LatencyFigures, 'p50'>,
): number | null {
  const first = quantileUs(flow.firstResponses, 0.5);
  if (p50 === null) return first;
  return Math.min(p50 * 1000, first ?? Infinity);
}

/**
 * The mean backlog of the second fifth after the first median response time and of the last fifth of the window;
 * `null` in a window shorter than twice that time. Of the growth between the two, what the load makes by itself is
 * taken away (with a higher rate more are under way at once): a request counts as expected to have ended when the
 * median has passed since it was due. Off by at most the mean number of requests in a thousandth of the window.
 */
function backlogOf(flow: Measurements['flow'], median: number): KeepingUp['backlog'] {
  if (WINDOW_BINS < 2 * median) return null;
  const due = new RunningTotal(flow.due);
  const ended = new RunningTotal(flow.ended);
  const early = [
    median + FIFTH * (WINDOW_BINS - median),
    median + 2 * FIFTH * (WINDOW_BINS - median),
  ] as const;
  const late = [WINDOW_BINS * (1 - FIFTH), WINDOW_BINS] as const;
  const waiting = ([from, to]: readonly [number, number]): number =>
    due.mean(from, to) - ended.mean(from, to);
  const overdue = ([from, to]: readonly [number, number]): number =>
    due.mean(from - median, to - median) - ended.mean(from, to);
  const planned = due.mean(...late) - due.mean(...early);
  const lateMean = waiting(late);
  return {
    earlyMean: rounded(waiting(early)),
    lateMean: rounded(lateMean),
    growth: rounded(overdue(late) - overdue(early)),
    allowedGrowth: rounded(Math.max(MOST_GROWTH * planned, CHANCE * Math.sqrt(Math.max(0, lateMean)))),
  };
}

/** Sums of thousands of parts differ in their last digits from one order to another. */
function rounded(requests: number): number {
  return Math.round(requests * 1e6) / 1e6;
}

/**
 * Successes per second. Where the target keeps up, all that it answered; else those answered in a time as long as the
 * window that begins when its answers come at their pace: exact where that is a tenth of the window after its start,
 * else off by at most the successes of a thousandth of the window at each end.
 */
export function achievedRps(
  {
    outcomes,
    flow,
    succeeded,
  }: {
    readonly outcomes: Pick<Measurements['outcomes'], 'succeeded'>;
    readonly flow: Pick<Measurements['flow'], 'succeeded'>;
    readonly succeeded: Distribution;
  },
  keepsUp: boolean | null,
  windowMs: number,
): number {
  const seconds = windowMs / 1000;
  if (keepsUp === true) return outcomes.succeeded / seconds;
  const { p50 } = distributionFigures(succeeded);
  if (p50 === null) return 0;
  const start = Math.min((p50 / windowMs) * WINDOW_BINS, AFTER_BINS);
  const total = new RunningTotal(flow.succeeded);
  return (total.by(start + WINDOW_BINS) - total.by(start)) / seconds;
}
