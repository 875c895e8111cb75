import type { Clock } from '../../kernel/clock.js';
import type { LiveMetrics } from '../../report/metrics/live-metrics.js';
import { advance, BEFORE_THE_RUN } from './live-run.js';
import type { Observer } from '../../model/live/run-events.js';

/** What is served stays below a megabyte, however many cells a run has; Prometheus remembers the older ones. */
const MOST_FINISHED = 50;

/** Keeps what the metrics of a run under way are made of; nothing is rendered before somebody asks. */
export class MetricsKeeper {
  private live: Omit<LiveMetrics, 'nowMs'>;

  constructor(
    version: string,
    private readonly clock: Clock,
  ) {
    this.live = { version, run: BEFORE_THE_RUN, totals: { sent: 0, succeeded: 0, failed: 0 }, finished: [] };
  }

  get now(): LiveMetrics {
    return { ...this.live, nowMs: this.nowMs() };
  }

  readonly observe: Observer = (event) => {
    this.live = { ...this.live, run: advance(this.live.run, event, this.nowMs()) };
    if (event.kind === 'second') {
      const { totals } = this.live;
      const { sent, succeeded, failed } = event.second;
      this.live = {
        ...this.live,
        totals: {
          sent: totals.sent + (sent ?? 0),
          succeeded: totals.succeeded + (succeeded ?? 0),
          failed: totals.failed + (failed ?? 0),
        },
      };
    }
    if (event.kind === 'cell-finished') {
      const finished = { ...event.cell, histograms: undefined, series: undefined };
      this.live = { ...this.live, finished: [...this.live.finished.slice(1 - MOST_FINISHED), finished] };
    }
  };

  private nowMs(): number {
    return this.clock.nowUs() / 1000;
  }
}
