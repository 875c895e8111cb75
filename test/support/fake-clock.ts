import type { Clock } from '../../src/kernel/clock.js';

interface Timer {
  readonly atUs: number;
  readonly callback: () => void;
}

/** Time that moves only when a test moves it. Timers fire in the order of their instants, then of their making. */
export class FakeClock implements Clock {
  private readonly timers: Timer[] = [];
  private currentUs = 0;

  nowUs(): number {
    return this.currentUs;
  }

  unixMs(): number {
    return 1_700_000_000_000 + this.currentUs / 1000;
  }

  after(delayMs: number, callback: () => void): () => void {
    return this.at(this.currentUs + delayMs * 1000, callback);
  }

  soon(callback: () => void): void {
    this.after(0, callback);
  }

  every(periodMs: number, callback: () => void): () => void {
    let cancelled = false;
    const again = (): (() => void) =>
      this.after(periodMs, () => {
        cancel = again();
        callback();
      });
    let cancel = again();
    return () => {
      if (cancelled) return;
      cancelled = true;
      cancel();
    };
  }

  /** Calls back at an instant of this clock, at the earliest now. */
  at(atUs: number, callback: () => void): () => void {
    const timer = { atUs: Math.max(atUs, this.currentUs), callback };
    this.timers.splice(this.placeOf(timer.atUs), 0, timer);
    return () => {
      const place = this.timers.indexOf(timer);
      if (place >= 0) this.timers.splice(place, 1);
    };
  }

  get pendingTimers(): number {
    return this.timers.length;
  }

  /** Moves on, firing what falls due on the way. */
  advanceMs(durationMs: number): void {
    this.advanceToUs(this.currentUs + durationMs * 1000);
  }

  advanceToUs(untilUs: number): void {
    for (let next = this.timers[0]; next && next.atUs <= untilUs; next = this.timers[0]) {
      this.timers.shift();
      // A callback may itself have spent time.
      this.currentUs = Math.max(this.currentUs, next.atUs);
      next.callback();
    }
    this.currentUs = Math.max(this.currentUs, untilUs);
  }

  /** Time passes without the event loop turning, as in a long computation. */
  spendUs(durationUs: number): void {
    this.currentUs += durationUs;
  }

  /** Behind all timers that are due no later. */
  private placeOf(atUs: number): number {
    let low = 0;
    let high = this.timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.timers[middle] as Timer).atUs <= atUs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
