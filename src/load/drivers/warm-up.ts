import type { TransportListener } from '../transport/transport.js';
import type { Driver, DriverKind, DriverOptions } from './driver.js';
import { Endings } from './endings.js';
import { InFlight } from './in-flight.js';

export interface WarmUpOptions extends DriverOptions {
  readonly durationMs: number;
  /** Connections at once; each sends its next request only after its answer. */
  readonly connections: number;
  /** Never faster than this. */
  readonly ratePerSecond: number;
  /** Longest wait for the last answers, in milliseconds. */
  readonly timeoutMs: number;
}

export const warmUp: DriverKind =
  ({ warmup, timeoutMs }) =>
  (options) =>
    new WarmUp({ ...options, ...warmup, timeoutMs });

/**
 * Gentle load before the window: a closed loop, so that a slow target never starts with a backlog. Its samples are no
 * part of the measurement. Which requests it sends depends on the target: a turn in which no connection is idle passes.
 */
export class WarmUp implements Driver, TransportListener {
  released = 0;
  /** Nothing waits here. */
  readonly longestQueue = 0;
  readonly connectionLimitReached = false;
  private readonly idle: number[];
  private readonly inFlight: InFlight;
  private readonly endings: Endings;
  /** Connections that are not idle: after the end of its request one may not be free yet. */
  private busy = 0;
  private startUs = 0;
  private turns = 0;
  private over = false;
  private closesUs: number;
  private cancelEnd = (): void => {};
  private finish = (): void => {};

  constructor(private readonly options: WarmUpOptions) {
    this.closesUs = options.durationMs * 1000;
    const connections = Math.min(options.connections, options.transport.slots);
    this.idle = Array.from({ length: connections }, (_, index) => connections - 1 - index);
    this.inFlight = new InFlight(connections);
    this.endings = new Endings(this.inFlight, options, () => {});
  }

  countInFlight(): number {
    return this.inFlight.countSent();
  }

  run(startUs: number): Promise<void> {
    const { pacer, transport } = this.options;
    transport.listen(this);
    this.startUs = startUs;
    return new Promise((resolve) => {
      this.finish = resolve;
      this.drainAtItsEnd();
      pacer.wakeAt(startUs, this.wake);
    });
  }

  close(atUs: number): void {
    if (this.over) return;
    this.closesUs = Math.min(this.closesUs, atUs);
    this.cancelEnd();
    this.drainAtItsEnd();
  }

  private drainAtItsEnd(): void {
    this.cancelEnd = this.options.clock.after((this.closesUs - this.nowUs()) / 1000, this.drain);
  }

  private nowUs(): number {
    return this.options.clock.nowUs() - this.startUs;
  }

  /** One turn: sends if a connection is idle, else lets the turn pass. */
  private readonly wake = (): void => {
    if (this.over) return;
    const { ratePerSecond, pacer } = this.options;
    const dueUs = (this.turns * 1e6) / ratePerSecond;
    // The serial numbers of those that follow are the window's.
    if (dueUs >= this.closesUs) return;
    const slot = this.idle.shift();
    if (slot !== undefined) this.send(slot, dueUs);
    this.turns += 1;
    pacer.wakeAt(this.startUs + (this.turns * 1e6) / ratePerSecond, this.wake);
  };

  private send(slot: number, dueUs: number): void {
    const { transport, source, onReleased } = this.options;
    const releasedUs = this.nowUs();
    this.busy += 1;
    this.released += 1;
    onReleased(dueUs, releasedUs);
    this.inFlight.add(slot, this.turns, dueUs, releasedUs);
    transport.send(slot, source.blueprintAt(this.turns), source.serialAt(this.turns));
  }

  private readonly drain = (): void => {
    this.over = true;
    this.cancelEnd();
    this.options.pacer.stop();
    const cancel = this.options.clock.after(this.options.timeoutMs, () => this.giveUp(true));
    const resolve = this.finish;
    this.finish = () => {
      cancel();
      resolve();
    };
    this.finishIfIdle();
  };

  stop(): void {
    if (!this.over) this.drain();
    this.giveUp(false);
  }

  private giveUp(makesSamples: boolean): void {
    for (let slot = this.inFlight.oldest; slot >= 0; slot = this.inFlight.oldest) {
      if (makesSamples) this.endings.endSlot(slot, this.nowUs(), 'timed-out', 0, '', 0);
      else this.inFlight.remove(slot);
      this.options.transport.abort(slot);
    }
  }

  onSent(slot: number): void {
    this.inFlight.sentUs[slot] = this.nowUs();
  }

  /** Nothing of it is shown. */
  wantsAnswer(): boolean {
    return false;
  }

  onAnswered(slot: number, status: number, bytesReceived: number): void {
    this.endings.endAnswered(slot, this.nowUs(), status, bytesReceived);
  }

  onFailed(slot: number, kind: string): void {
    this.endings.endSlot(slot, this.nowUs(), 'network-failure', 0, kind, 0);
  }

  onClosed(): void {}

  onFree(slot: number): void {
    this.busy -= 1;
    this.idle.push(slot);
    this.finishIfIdle();
  }

  private finishIfIdle(): void {
    if (this.over && this.busy === 0) this.finish();
  }
}
