import type { Tick } from '../model/generation/generator.js';
import type { LiveSecond } from '../model/live/live-run.js';
import type { GaugeSample } from '../model/results/gauges.js';
import { type Load, durationMsOf, isClosedLoop, rateAt } from '../model/loads/index.js';

type Totals = Pick<Tick, 'sent' | 'succeeded' | 'failed'>;

/** Makes of one cell's ticks, which hold totals, what happened in each second: their sums are the totals. */
export class LiveSeconds {
  private before: Totals = { sent: 0, succeeded: 0, failed: 0 };
  private nextSecond = 0;

  constructor(private readonly load: Load) {}

  read(tick: Tick, latest: GaugeSample | undefined): LiveSecond {
    if (tick.phase === 'warm-up') return warmUpSecond(tick);
    // Of several generators the one that ends first may tell of a second that the others have not reached.
    const second = Math.max(tick.second, this.nextSecond);
    this.nextSecond = second + 1;
    const { before } = this;
    this.before = { sent: tick.sent, succeeded: tick.succeeded, failed: tick.failed };
    return {
      phase: tick.phase,
      second,
      elapsedMs: roundMs(tick.elapsedMs),
      targetRatePerSecond: this.targetRate(tick.phase, second),
      sent: tick.sent - before.sent,
      succeeded: tick.succeeded - before.succeeded,
      failed: tick.failed - before.failed,
      p50Ms: tick.p50Ms,
      p99Ms: tick.p99Ms,
      inFlight: tick.inFlight,
      waiting: Math.max(0, tick.released - tick.succeeded - tick.failed - tick.inFlight),
      cpuPercent: latest?.values['target.cpu'] ?? null,
      memoryBytes: latest?.values['target.memory'] ?? null,
    };
  }

  /** In the middle of the second, which is its mean where the rate changes evenly. */
  private targetRate(phase: Tick['phase'], second: number): number | null {
    if (phase === 'drain') return isClosedLoop(this.load) ? null : 0;
    const startMs = second * 1000;
    return rateAt(this.load, (startMs + Math.min(startMs + 1000, durationMsOf(this.load) ?? Infinity)) / 2);
  }
}

function warmUpSecond({ phase, second, elapsedMs }: Tick): LiveSecond {
  return {
    ...{ phase, second, elapsedMs: roundMs(elapsedMs), targetRatePerSecond: null },
    ...{ sent: null, succeeded: null, failed: null, p50Ms: null, p99Ms: null },
    ...{ inFlight: null, waiting: null, cpuPercent: null, memoryBytes: null },
  };
}

function roundMs(valueMs: number): number {
  return Math.round(valueMs * 1000) / 1000;
}
