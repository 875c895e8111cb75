import type { PartialTick } from '../model/generation/generator.js';
import type { FigureSource } from '../model/figures/figure.js';
import { KNOWN_GAUGES } from '../model/figures/known-gauges.js';
import type { GaugeSample, GaugeSummaries } from '../model/results/gauges.js';
import type { LatencyFigures } from '../model/results/operation-record.js';
import { addCounts, lowerEdgeUs, quantileUs, type SparseCounts } from './buckets.js';

const QUANTILES = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, p999: 0.999 } as const;

/** Each look tells them for the time so far. */
const OF_WINDOW: ReadonlySet<string> = new Set(
  KNOWN_GAUGES.filter(({ kind }) => kind === 'window').map(({ id }) => id),
);

/**
 * The figures of a cell while it runs: of the requests that have ended by now, latencies within 0.4 %. What stands only in the
 * whole measurements is not known.
 */
export class LiveFigures {
  private answers: SparseCounts = [];
  /** By the id of the gauge. */
  private readonly gauges = new Map<string, { sum: number; max: number; last: number; samples: number }>();
  private readonly successes: { elapsedMs: number; succeeded: number }[] = [{ elapsedMs: 0, succeeded: 0 }];
  private last: PartialTick | undefined;

  /** `timeoutMs`: after which a request has timed out. */
  constructor(private readonly timeoutMs: number) {}

  add(tick: PartialTick, look: GaugeSample | undefined): void {
    this.answers = addCounts([this.answers, tick.answers]);
    this.successes.push(tick);
    this.last = tick;
    for (const [id, value] of Object.entries(look?.values ?? {})) {
      const { sum, max, samples } = this.gauges.get(id) ?? { sum: 0, max: -Infinity, samples: 0 };
      this.gauges.set(id, {
        ...{ sum: sum + value, max: Math.max(max, value) },
        ...{ last: value, samples: samples + 1 },
      });
    }
  }

  source(): FigureSource {
    const { succeeded = 0, failed = 0, sent = 0, elapsedMs = 0 } = this.last ?? {};
    const planned = succeeded + failed;
    return {
      counts: {
        ...{ planned, sent, completed: this.answered, succeeded, failed },
        ...{ timedOut: 0, dropped: 0, unfinished: 0 },
      },
      bytes: { received: 0, sent: 0 },
      window: { durationMs: elapsedMs, plannedRps: null },
      latencyMs: { response: this.response(planned) },
      achievedRps: this.recentRate(),
      successRate: planned === 0 ? 0 : succeeded / planned,
      gauges: this.gaugeSummaries(),
    };
  }

  private get answered(): number {
    return this.answers.reduce((sum, [, count]) => sum + count, 0);
  }

  /** Requests without an answer come last: those that timed out with that time, others with that of the slowest answer. */
  private response(ended: number): LatencyFigures {
    const { answers, answered } = this;
    const { timedOut = 0 } = this.last ?? {};
    const isAnyOpen = ended > answered;
    const slowestMs = quantileMs(answers, 1);
    const at = (quantile: number): number | null => {
      if (ended === 0) return null;
      const rank = Math.max(1, Math.ceil(quantile * ended));
      if (rank > ended - timedOut) return this.timeoutMs;
      return rank > answered ? slowestMs : quantileMs(answers, rank / answered);
    };
    const sumMs = answers.reduce((sum, [bucket, count]) => sum + (count * middleUs(bucket)) / 1000, 0);
    const touched = Object.entries(QUANTILES).filter(
      ([, quantile]) => Math.ceil(quantile * ended) > answered,
    );
    return {
      ...{ min: quantileMs(answers, 0), stdev: null },
      mean: ended === 0 ? null : (sumMs + timedOut * this.timeoutMs) / ended,
      ...{ p50: at(QUANTILES.p50), p75: at(QUANTILES.p75), p90: at(QUANTILES.p90) },
      ...{ p95: at(QUANTILES.p95), p99: at(QUANTILES.p99), p999: at(QUANTILES.p999) },
      max: timedOut > 0 ? this.timeoutMs : slowestMs,
      censored: ended - answered,
      lowerBounds: isAnyOpen
        ? ['mean', 'max', ...touched.map(([name]) => name as keyof typeof QUANTILES)]
        : [],
    };
  }

  /** Over the last half of the time: answers begin to come only after a response time. */
  private recentRate(): number {
    const { elapsedMs = 0, succeeded = 0 } = this.last ?? {};
    const before = this.successes.findLast((one) => one.elapsedMs <= elapsedMs / 2);
    if (before === undefined || elapsedMs === before.elapsedMs) return 0;
    return ((succeeded - before.succeeded) * 1000) / (elapsedMs - before.elapsedMs);
  }

  private gaugeSummaries(): GaugeSummaries {
    const words = { title: '', unit: '', growthPerMinute: null };
    return Object.fromEntries(
      [...this.gauges].map(([id, { sum, max, last, samples }]) => [
        id,
        { ...words, mean: OF_WINDOW.has(id) ? last : sum / samples, max, samples },
      ]),
    );
  }
}

function quantileMs(answers: SparseCounts, quantile: number): number | null {
  const us = quantileUs(answers, Math.min(1, quantile));
  return us === null ? null : us / 1000;
}

function middleUs(bucket: number): number {
  return (lowerEdgeUs(bucket) + lowerEdgeUs(bucket + 1)) / 2;
}
