import type { Clock } from '../kernel/clock.js';
import type { GaugeReadings, GaugeSample } from '../model/results/gauges.js';
import { LEAST_INTERVAL_MS } from './cpu-rate.js';
import type { WatchedProbes } from './watched-probes.js';

const SAMPLE_PERIOD_MS = 500;

interface WatchedWindow {
  readonly startUs: number;
  /** Null where it closes with the last answer. */
  readonly windowMs: number | null;
  readonly probes: WatchedProbes;
}

/** Looks at all gauges every half second of one measured window, from its opening to its close. */
export class GaugeSampler {
  private hasLooked = false;
  private isStopped = false;
  private looking: Promise<void> = Promise.resolve();
  private windowMs: number | null;
  private cancel = (): void => {};
  private end = (): void => {};
  private readonly ended = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  constructor(
    private readonly clock: Clock,
    private readonly window: WatchedWindow,
  ) {
    this.windowMs = window.windowMs;
    this.lookAtMs(0);
  }

  /** The latest look, for progress. */
  get latest(): GaugeSample | undefined {
    return this.window.probes.latest;
  }

  /**
   * Waits for the window's close, which may come after the last answer, and for the last look. After `stop` it tells of
   * the looks so far.
   */
  async finish(): Promise<GaugeReadings> {
    if (this.windowMs === null && !this.isStopped) await this.closeNow();
    await this.ended;
    return this.window.probes.close();
  }

  /** The window closes so long after its opening, before its time. */
  closeAt(windowMs: number): void {
    this.windowMs = windowMs;
    this.cancel();
    void this.looking.then(() => {
      if (this.isStopped) return;
      this.cancel();
      this.lookAtMs(windowMs);
    });
  }

  /** Looks no more. */
  stop(): void {
    this.isStopped = true;
    this.cancel();
    this.end();
  }

  private async closeNow(): Promise<void> {
    this.cancel();
    await this.looking;
    this.stop();
    await this.look(true);
  }

  private lookAtMs(elapsedMs: number): void {
    const { startUs } = this.window;
    const windowMs = this.windowMs ?? Infinity;
    const delayMs = Math.max(0, startUs / 1000 + elapsedMs - this.clock.nowUs() / 1000);
    this.cancel = this.clock.after(delayMs, () => {
      const isLast = elapsedMs >= windowMs;
      this.looking = this.look(isLast).then(() => {
        if (isLast) this.end();
        else if (!this.isStopped) this.lookAtMs(this.nextLookMs());
      });
    });
  }

  /** Whole periods from the opening, and the window's close; not so soon that the two looks would tell no rate. */
  private nextLookMs(): number {
    const { startUs } = this.window;
    const windowMs = this.windowMs ?? Infinity;
    const elapsedMs = (this.clock.nowUs() - startUs) / 1000;
    const nextMs = Math.ceil((elapsedMs + LEAST_INTERVAL_MS) / SAMPLE_PERIOD_MS) * SAMPLE_PERIOD_MS;
    return Math.min(nextMs, windowMs);
  }

  private async look(isLast: boolean): Promise<void> {
    const { startUs, probes } = this.window;
    const isFirst = !this.hasLooked;
    this.hasLooked = true;
    await probes.look({ isFirst, isLast, elapsedMs: () => (this.clock.nowUs() - startUs) / 1000 });
  }
}
