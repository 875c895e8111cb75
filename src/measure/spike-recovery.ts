import type { Second } from '../model/generation/measurements.js';
import type { Spike } from '../model/loads/spike.js';
import type { SpikeRecovery } from '../model/results/spike-recovery.js';
import { addCounts, quantileUs } from './buckets.js';
import { inFlightOf } from './per-second.js';

const BEFORE_SECONDS = 30;
const LEAST_BEFORE_SECONDS = 5;
/** Seconds are joined until they hold so many ended requests. */
const LEAST_SAMPLES = 20;
/** So many of them in a row are calm again. */
const CALM_SPANS = 5;
/** As much above the median before is as before. */
const FACTOR = 1.2;
/** Where more of the requests fail, the 95th percentile never ends. */
const MOST_FAILED = 0.05;

/**
 * How long after the end of a spike the target was as calm as before it: p95 and requests in flight at most 1.2 times the
 * median second of the 30 s before, for five seconds in a row. In flight one more is no sign: it is counted at an instant.
 */
export function spikeRecovery(seconds: readonly Second[], spike: Spike): SpikeRecovery {
  const all = seconds.map((second, at) => ({ ...second, inFlight: inFlightOf(seconds)[at] ?? 0 }));
  const startSecond = Math.floor(spike.startMs / 1000);
  const from = Math.max(0, startSecond - BEFORE_SECONDS);
  const unknown = (reason: string, before: SpikeRecovery['before'] = null): SpikeRecovery => ({
    ...{ spike: { startMs: spike.startMs, endMs: spike.endMs }, before },
    ...{ seconds: null, moreThanSeconds: null, reason },
  });
  if (startSecond - from < LEAST_BEFORE_SECONDS)
    return unknown(`fewer than ${LEAST_BEFORE_SECONDS} s of load before the spike`);
  const calm = spansOf(all, from, startSecond);
  const p95Ms = medianOf(calm.map((span) => span.p95Ms));
  const inFlight = medianOf(calm.map((span) => span.inFlight));
  if (p95Ms === null || inFlight === null)
    return unknown(
      `fewer than ${LEAST_SAMPLES} requests ended in the ${startSecond - from} s before the spike`,
    );
  if (p95Ms === Infinity) return unknown('more than 5 % of the requests failed before the spike');
  const before = { seconds: startSecond - from, p95Ms, inFlight };
  const first = Math.ceil(spike.endMs / 1000);
  const end = Math.floor(spike.untilMs / 1000);
  if (end - first < CALM_SPANS)
    return unknown(`the load ends, or changes, less than ${CALM_SPANS} s after the spike`, before);
  const spans = spansOf(all, first, end);
  const restless = spans.map(
    (span) => span.p95Ms > FACTOR * p95Ms || span.inFlight > Math.max(FACTOR * inFlight, inFlight + 1),
  );
  const calmAgain = spans.find((_, at) => isRunOfCalm(restless, at));
  const lastRestless = spans[restless.lastIndexOf(true)];
  if (!calmAgain && !lastRestless) return unknown('too few requests ended after the spike to tell', before);
  const sinceEnd = (second: number): number => second - spike.endMs / 1000;
  return {
    ...{ spike: { startMs: spike.startMs, endMs: spike.endMs }, before, reason: null },
    seconds: calmAgain ? sinceEnd(calmAgain.first) : null,
    moreThanSeconds: calmAgain || !lastRestless ? null : sinceEnd(lastRestless.end),
  };
}

function isRunOfCalm(restless: readonly boolean[], from: number): boolean {
  const run = restless.slice(from, from + CALM_SPANS);
  return run.length === CALM_SPANS && !run.includes(true);
}

/** Seconds that were joined: from the first to before the end. */
interface Span {
  readonly first: number;
  readonly end: number;
  /** Infinite where more than a twentieth failed. */
  readonly p95Ms: number;
  readonly inFlight: number;
}

type Watched = Second & { readonly inFlight: number };

/** What is left over at the end, with too few samples, tells nothing. */
function spansOf(all: readonly Watched[], from: number, end: number): Span[] {
  const spans: Span[] = [];
  let first = from;
  for (let second = from; second < end; second += 1) {
    const joined = all.slice(first, second + 1);
    if (sum(joined, ({ succeeded, failed }) => succeeded + failed) < LEAST_SAMPLES) continue;
    spans.push({
      first,
      end: second + 1,
      p95Ms: p95Of(joined),
      inFlight: sum(joined, inFlightIn) / joined.length,
    });
    first = second + 1;
  }
  return spans;
}

function inFlightIn({ inFlight }: Watched): number {
  return inFlight;
}

function p95Of(joined: readonly Watched[]): number {
  const failed = sum(joined, (second) => second.failed);
  const ended = failed + sum(joined, ({ succeeded }) => succeeded);
  const answers = addCounts(joined.map(({ buckets }) => buckets));
  // What got no answer ranks last.
  const answered = answers.reduce((total, [, count]) => total + count, 0);
  const valueUs = quantileUs(answers, Math.min(1, (0.95 * ended) / answered));
  return failed > MOST_FAILED * ended || valueUs === null ? Infinity : valueUs / 1000;
}

function sum(joined: readonly Watched[], value: (second: Watched) => number): number {
  return joined.reduce((total, second) => total + value(second), 0);
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return below === undefined || above === undefined ? null : (below + above) / 2;
}
