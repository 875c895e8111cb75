import type { Clock } from '../../kernel/clock.js';
import type { RequestSource } from '../../model/request.js';
import type { Pacer } from '../pacers/pacer.js';
import type { Transport, TransportListener } from '../transport/transport.js';

export interface WarmUpOptions {
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly source: RequestSource;
  readonly transport: Transport;
  readonly durationMs: number;
  /** Connections at once; each sends its next request only after its answer. */
  readonly connections: number;
  /** Never faster than this. */
  readonly ratePerSecond: number;
  /** Longest wait for the last answers, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Gentle load before the window: a closed loop, so that a slow target never starts with a backlog.
 * Resolves with nothing in flight; whatever it sent is no part of the measurement.
 */
export class WarmUp implements TransportListener {
  private readonly idle: number[];
  private readonly busy = new Set<number>();
  private readonly sentUs: Float64Array;
  private answered = 0;
  private serviceUs = 0;
  private startUs = 0;
  private turns = 0;
  private over = false;
  private cancelEnd = (): void => {};
  private finish = (): void => {};

  constructor(private readonly options: WarmUpOptions) {
    const connections = Math.min(options.connections, options.transport.slots);
    this.idle = Array.from({ length: connections }, (_, index) => connections - 1 - index);
    this.sentUs = new Float64Array(connections);
  }

  run(): Promise<void> {
    const { clock, transport, durationMs } = this.options;
    transport.listen(this);
    this.startUs = clock.nowUs();
    return new Promise((resolve) => {
      this.finish = resolve;
      this.cancelEnd = clock.after(durationMs, this.drain);
      this.wake();
    });
  }

  /** One turn of the schedule: sends if a connection is idle, else lets the turn pass. */
  private readonly wake = (): void => {
    if (this.over) return;
    const { durationMs, ratePerSecond } = this.options;
    const dueMs = (this.turns * 1000) / ratePerSecond;
    // The serial numbers of those that follow are the window's.
    if (dueMs >= durationMs) return;
    const slot = this.idle.shift();
    if (slot !== undefined) {
      this.busy.add(slot);
      const { transport, source } = this.options;
      transport.send(slot, source.blueprintAt(this.turns), source.serialAt(this.turns));
    }
    this.turns += 1;
    this.options.pacer.wakeAt(this.startUs + (this.turns * 1e6) / ratePerSecond, this.wake);
  };

  private readonly drain = (): void => {
    this.over = true;
    this.cancelEnd();
    this.options.pacer.stop();
    const cancel = this.options.clock.after(this.options.timeoutMs, () => {
      for (const slot of this.busy) this.options.transport.abort(slot);
    });
    const resolve = this.finish;
    this.finish = () => {
      cancel();
      resolve();
    };
    this.finishIfIdle();
  };

  /** Ends early: gives up what is in flight. */
  stop(): void {
    if (!this.over) this.drain();
    for (const slot of this.busy) this.options.transport.abort(slot);
  }

  /** 0 when nothing was answered. */
  get meanServiceMs(): number {
    return this.answered === 0 ? 0 : this.serviceUs / this.answered / 1000;
  }

  onSent(slot: number): void {
    this.sentUs[slot] = this.options.clock.nowUs();
  }

  onAnswered(slot: number): void {
    this.answered += 1;
    this.serviceUs += this.options.clock.nowUs() - (this.sentUs[slot] as number);
  }

  onFailed(): void {}

  onClosed(): void {}

  onFree(slot: number): void {
    this.busy.delete(slot);
    this.idle.push(slot);
    this.finishIfIdle();
  }

  private finishIfIdle(): void {
    if (this.over && this.busy.size === 0) this.finish();
  }
}
