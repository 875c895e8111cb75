import type { KeptAnswer } from '../../src/load/transport/kept-answer.js';
import type { Transport, TransportListener } from '../../src/load/transport/transport.js';
import type { RequestBlueprint } from '../../src/model/requests/request.js';
import type { FakeClock } from './fake-clock.js';
import { keptAnswer } from './kept-answers.js';

/** What becomes of one request, `afterUs` microseconds after it was sent. */
export type Fate =
  | { readonly kind: 'answer'; readonly afterUs: number; readonly status?: number; readonly open?: boolean }
  | { readonly kind: 'failure'; readonly afterUs: number; readonly failure?: string }
  | { readonly kind: 'refusal'; readonly afterUs: number }
  | { readonly kind: 'silence' };

export interface FakeTransportOptions {
  readonly slots: number;
  /** Asked for each request as it is sent, with the number of requests before it and the time. */
  readonly fate: (before: number, nowUs: number) => Fate;
  /** How long a connection takes to open; Infinity = for ever. */
  readonly connectUs?: number;
  /** Slots whose connections stand already. */
  readonly open?: number;
}

export const ANSWER_BYTES = 7;

/**
 * Connections on a fake clock. Throws when a driver breaks the rules: a second request on a busy slot, a
 * dispatch from inside a failure.
 */
export class FakeTransport implements Transport {
  readonly slots: number;
  connectionsOpened = 0;
  readonly connectionEnds = { byTarget: 0, byBench: 0, afterTimeout: 0 };
  /** The slots in the order in which they were given requests. */
  readonly slotsUsed: number[] = [];
  readonly requests: RequestBlueprint[] = [];
  /** Their serial numbers. */
  readonly serials: number[] = [];
  /** Requests that reached an open connection. */
  sent = 0;
  mostInFlight = 0;
  private inFailure = false;
  private readonly busy = new Map<number, () => void>();
  private readonly standing: Set<number>;
  private listener: TransportListener | undefined;
  private readonly wanted = new Map<number, KeptAnswer>();

  constructor(
    private readonly clock: FakeClock,
    private readonly options: FakeTransportOptions,
  ) {
    this.slots = options.slots;
    this.standing = new Set(Array.from({ length: options.open ?? 0 }, (_, slot) => slot));
  }

  get inFlight(): number {
    return this.busy.size;
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }

  open(slot: number): Promise<void> {
    if (!this.standing.has(slot)) this.connectionsOpened += 1;
    this.standing.add(slot);
    return Promise.resolve();
  }

  send(slot: number, request: RequestBlueprint, serial = 0): void {
    if (this.inFailure) throw new Error('dispatched from inside an error callback');
    if (this.busy.has(slot)) throw new Error(`slot ${slot} is busy`);
    if (slot < 0 || slot >= this.slots) throw new Error(`there is no slot ${slot}`);
    const fate = this.options.fate(this.requests.length, this.clock.nowUs());
    this.requests.push(request);
    this.serials.push(serial);
    this.slotsUsed.push(slot);
    this.busy.set(slot, () => {});
    this.mostInFlight = Math.max(this.mostInFlight, this.busy.size);
    if (fate.kind === 'refusal') this.later(slot, fate.afterUs, () => this.fail(slot, 'connection-refused'));
    else if (this.standing.has(slot)) this.transmit(slot, fate);
    else this.connect(slot, fate);
  }

  /** What the answer said, where the driver wanted to know. */
  kept(slot: number): KeptAnswer | undefined {
    return this.wanted.get(slot);
  }

  abort(slot: number): void {
    const cancel = this.busy.get(slot);
    if (!cancel) throw new Error(`slot ${slot} has no request to abort`);
    cancel();
    this.standing.delete(slot);
    this.later(slot, 0, () => this.release(slot, false));
  }

  closeIdle(slot: number): void {
    if (this.busy.has(slot)) throw new Error(`slot ${slot} is busy`);
    this.connectionEnds.byBench += 1;
    this.standing.delete(slot);
    this.listener?.onClosed(slot);
  }

  /** As the target closes an idle connection. */
  closeByTarget(slot: number): void {
    this.connectionEnds.byTarget += 1;
    this.standing.delete(slot);
    this.listener?.onClosed(slot);
  }

  /** Connections that stand. */
  get connections(): number {
    return this.standing.size;
  }

  async close(): Promise<void> {
    for (const cancel of this.busy.values()) cancel();
  }

  private connect(slot: number, fate: Fate): void {
    const { connectUs = 0 } = this.options;
    if (connectUs === Infinity) return;
    this.later(slot, connectUs, () => {
      this.standing.add(slot);
      this.connectionsOpened += 1;
      this.transmit(slot, fate);
    });
  }

  private transmit(slot: number, fate: Fate): void {
    this.sent += 1;
    this.listener?.onSent(slot);
    if (fate.kind === 'answer') this.later(slot, fate.afterUs, () => this.answer(slot, fate));
    if (fate.kind === 'failure') {
      this.later(slot, fate.afterUs, () => this.fail(slot, fate.failure ?? 'connection-reset'));
    }
  }

  private answer(slot: number, fate: Fate & { kind: 'answer' }): void {
    const status = fate.status ?? 200;
    if (this.listener?.wantsAnswer(slot, status) === true) this.wanted.set(slot, keptAnswer({ status }));
    this.listener?.onAnswered(slot, status, ANSWER_BYTES);
    this.wanted.delete(slot);
    if (fate.open === false) this.standing.delete(slot);
    this.release(slot, fate.open ?? true);
  }

  private fail(slot: number, failure: string): void {
    this.inFailure = true;
    this.listener?.onFailed(slot, failure);
    this.inFailure = false;
    this.standing.delete(slot);
    this.later(slot, 0, () => this.release(slot, false));
  }

  private release(slot: number, open: boolean): void {
    this.busy.delete(slot);
    this.listener?.onFree(slot, open);
  }

  private later(slot: number, afterUs: number, callback: () => void): void {
    this.busy.set(slot, this.clock.at(this.clock.nowUs() + afterUs, callback));
  }
}
