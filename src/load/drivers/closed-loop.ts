/*
 * Hot path: runs for every request. Between due and done no promise, closure or allocation.
 */
import { populationOf } from '../../model/loads/index.js';
import { everyNthUser, type Population, type Span } from '../../model/loads/population.js';
import { scriptOf } from '../journeys/script-of.js';
import type { UserScript } from '../journeys/user-script.js';
import { NO_LISTENER, type TransportListener } from '../transport/transport.js';
import { DRAIN_GRACE_US, EXPIRY_PERIOD_MS } from './deadlines.js';
import type { Driver, DriverKind, DriverOptions } from './driver.js';
import { DueHeap } from './due-heap.js';
import { Endings } from './endings.js';
import { InFlight } from './in-flight.js';

/**
 * A user whose connection is refused or breaks waits for so long at least, in microseconds: a dead target would be asked
 * a hundred thousand times a second otherwise.
 */
const LEAST_PAUSE_US = 10_000;

interface ClosedLoopOptions extends DriverOptions {
  /** This generator's users, numbered from 0. */
  readonly population: Population;
  /** What they send. */
  readonly script: UserScript;
  /** Counted from due. */
  readonly timeoutUs: number;
}

/** For every kind of load whose requests wait for answers. */
export const closedLoop: DriverKind = (share) => {
  const { load, part, timeoutMs } = share;
  const whole = populationOf(load);
  if (whole === null) throw new RangeError(`${load.kind} has no users`);
  const population = everyNthUser(whole, part.index, part.of);
  return (options) => {
    const script = scriptOf(share, population, options);
    return new ClosedLoop({ ...options, population, script, timeoutUs: timeoutMs * 1000 });
  };
};

/**
 * Users, each of whom has one connection and sends its next request after its answer: the closed loop. A request is due
 * when the user's think time is over; without one, as soon as its connection is free.
 */
class ClosedLoop implements Driver, TransportListener {
  released = 0;
  /** No user waits for the connection of another. */
  readonly longestQueue = 0;
  readonly connectionLimitReached = false;
  private readonly inFlight: InFlight;
  private readonly endings: Endings;
  private readonly waiting: DueHeap;
  private readonly spans: (readonly Span[])[];
  /** Which of its spans a user is in, or waits for. */
  private readonly spanAt: Int32Array;
  /** 1 while a request of the user occupies its connection. */
  private readonly isBusy: Uint8Array;
  /** When the request of a user is due that waits for its connection alone, or to be sent soon; NaN where none does. */
  private readonly heldDueUs: Float64Array;
  private readonly heldReleasedUs: Float64Array;
  /** When a user's last request ended; NaN once the next one is planned. */
  private readonly endedUs: Float64Array;
  /** Users whose requests are sent soon, in order. */
  private readonly ready: Int32Array;
  private readyCount = 0;
  private left: number;
  private held = 0;
  private startUs = 0;
  private wakeUs = Infinity;
  private lastDueUs = 0;
  private closesUs = Infinity;
  private isOver = false;
  private stopExpiry = (): void => {};
  private finish = (): void => {};

  constructor(private readonly options: ClosedLoopOptions) {
    const { population, transport, script } = options;
    const users = population.most;
    if (users > transport.slots) throw new RangeError(`${users} users on ${transport.slots} connections`);
    this.inFlight = new InFlight(users);
    const { source, onAnswer } = script;
    this.endings = new Endings(this.inFlight, { ...options, source, onAnswer }, () => {});
    this.waiting = new DueHeap(users);
    this.spans = Array.from({ length: users }, (_, user) => population.spansOf(user));
    this.spanAt = new Int32Array(users);
    this.isBusy = new Uint8Array(users);
    this.heldDueUs = new Float64Array(users).fill(Number.NaN);
    this.heldReleasedUs = new Float64Array(users);
    this.endedUs = new Float64Array(users).fill(Number.NaN);
    this.ready = new Int32Array(users);
    this.left = population.requests ?? Infinity;
  }

  countInFlight(): number {
    return this.inFlight.countSent();
  }

  run(startUs: number): Promise<void> {
    this.startUs = startUs;
    this.options.transport.listen(this);
    return new Promise((resolve) => {
      this.finish = resolve;
      this.stopExpiry = this.options.clock.every(EXPIRY_PERIOD_MS, this.expire);
      for (let user = 0; user < this.spans.length; user += 1) {
        const first = this.spans[user]?.[0];
        if (first !== undefined) this.plan(user, first.fromUs);
      }
      this.wakeNext();
      this.finishIfDone();
    });
  }

  close(atUs: number): void {
    this.closesUs = atUs;
    this.lastDueUs = Math.min(this.lastDueUs, atUs);
    this.waiting.dropFrom(atUs);
    this.finishIfDone();
  }

  stop(): void {
    this.isOver = true;
    this.options.pacer.stop();
    this.stopExpiry();
    this.options.transport.listen(NO_LISTENER);
    this.finish();
  }

  private nowUs(): number {
    return this.options.clock.nowUs() - this.startUs;
  }

  /** A request of the user that is due then, unless the user's time or the requests are over. */
  private plan(user: number, dueUs: number): void {
    const spans = this.spans[user] as readonly Span[];
    let at = this.spanAt[user] as number;
    while (at < spans.length && dueUs >= (spans[at] as Span).toUs) at += 1;
    this.spanAt[user] = at;
    if (at === spans.length || this.left === 0) return;
    const realDueUs = Math.max(dueUs, (spans[at] as Span).fromUs);
    if (realDueUs >= this.closesUs) return;
    this.left -= 1;
    if (realDueUs > this.lastDueUs) this.lastDueUs = realDueUs;
    this.waiting.push(realDueUs, user);
  }

  private readonly wake = (): void => {
    // A pacer that was asked twice may ring twice.
    if (this.isOver) return;
    this.wakeUs = Infinity;
    const untilUs = this.nowUs();
    while (this.waiting.firstDueUs <= untilUs) {
      const dueUs = this.waiting.firstDueUs;
      this.release(this.waiting.pop(), dueUs);
    }
    this.wakeNext();
  };

  private wakeNext(): void {
    const dueUs = this.waiting.firstDueUs;
    if (dueUs >= this.wakeUs) return;
    this.wakeUs = dueUs;
    this.options.pacer.wakeAt(this.startUs + dueUs, this.wake);
  }

  private release(user: number, dueUs: number): void {
    const releasedUs = this.nowUs();
    if (this.isBusy[user] === 0) {
      this.send(user, dueUs, releasedUs);
      return;
    }
    this.held += 1;
    this.heldDueUs[user] = dueUs;
    this.heldReleasedUs[user] = releasedUs;
  }

  private send(user: number, dueUs: number, releasedUs: number): void {
    const { transport, script, onReleased } = this.options;
    const { source } = script;
    const index = script.next(user);
    this.released += 1;
    this.isBusy[user] = 1;
    onReleased(dueUs, releasedUs);
    this.inFlight.add(user, index, dueUs, releasedUs);
    transport.send(user, source.blueprintAt(index), source.serialAt(index));
  }

  onSent(slot: number): void {
    this.inFlight.sentUs[slot] = this.nowUs();
  }

  wantsAnswer(slot: number, status: number): boolean {
    return this.endings.wantsAnswer(slot, status);
  }

  onAnswered(slot: number, status: number, bytesReceived: number): void {
    const doneUs = this.nowUs();
    if (doneUs - (this.inFlight.dueUs[slot] as number) > this.options.timeoutUs)
      this.endings.endSlot(slot, doneUs, 'timed-out', 0, '', bytesReceived);
    else this.endings.endAnswered(slot, doneUs, status, bytesReceived);
    this.think(slot, doneUs, 0);
  }

  onFailed(slot: number, kind: string): void {
    const doneUs = this.nowUs();
    this.endings.endSlot(slot, doneUs, 'network-failure', 0, kind, 0);
    this.think(slot, doneUs, LEAST_PAUSE_US);
  }

  /** The user's last request has ended: plans the next one, or leaves that to the moment when its connection is free. */
  private think(user: number, doneUs: number, leastUs: number): void {
    const thinkUs = Math.max(leastUs, this.options.script.end(user));
    if (thinkUs === 0) {
      this.endedUs[user] = doneUs;
      return;
    }
    this.plan(user, doneUs + thinkUs);
    this.wakeNext();
  }

  onFree(slot: number): void {
    this.isBusy[slot] = 0;
    if (!Number.isNaN(this.heldDueUs[slot])) {
      this.held -= 1;
      const dueUs = this.heldDueUs[slot] as number;
      this.heldDueUs[slot] = Number.NaN;
      this.send(slot, dueUs, this.heldReleasedUs[slot] as number);
    } else if (!Number.isNaN(this.endedUs[slot])) {
      this.endedUs[slot] = Number.NaN;
      this.goOn(slot);
    }
    this.finishIfDone();
  }

  /**
   * Without a think time the next request is due now that the connection is free. It is sent when all answers that have
   * come by now are read: a target that sleeps is woken once for many requests, which costs most of a write.
   */
  private goOn(user: number): void {
    const nowUs = this.nowUs();
    const span = (this.spans[user] as readonly Span[])[this.spanAt[user] as number];
    if (span === undefined || nowUs >= Math.min(span.toUs, this.closesUs) || this.left === 0) {
      this.plan(user, nowUs);
      this.wakeNext();
      return;
    }
    this.left -= 1;
    if (nowUs > this.lastDueUs) this.lastDueUs = nowUs;
    this.heldDueUs[user] = nowUs;
    this.ready[this.readyCount] = user;
    this.readyCount += 1;
    if (this.readyCount === 1) this.options.clock.soon(this.sendReady);
  }

  private readonly sendReady = (): void => {
    if (this.isOver) return;
    const count = this.readyCount;
    this.readyCount = 0;
    for (let at = 0; at < count; at += 1) {
      const user = this.ready[at] as number;
      const dueUs = this.heldDueUs[user] as number;
      this.heldDueUs[user] = Number.NaN;
      this.send(user, dueUs, this.nowUs());
    }
  };

  onClosed(): void {}

  /** Ends what is past its deadline, and in the end what the generator has not got to. */
  private readonly expire = (): void => {
    const { timeoutUs, transport } = this.options;
    const nowUs = this.nowUs();
    for (let slot = this.inFlight.oldest; slot >= 0; slot = this.inFlight.oldest) {
      if (nowUs - (this.inFlight.dueUs[slot] as number) <= timeoutUs) break;
      this.endings.endSlot(slot, nowUs, 'timed-out', 0, '', 0);
      this.think(slot, nowUs, 0);
      transport.abort(slot);
    }
    if (nowUs > this.lastDueUs + timeoutUs + DRAIN_GRACE_US) this.endUnreleased(nowUs);
    this.finishIfDone();
  };

  /** A generator that never got to some requests still accounts for them; their users end. */
  private endUnreleased(nowUs: number): void {
    while (this.waiting.length > 0) {
      const dueUs = this.waiting.firstDueUs;
      const index = this.options.script.next(this.waiting.pop());
      this.endings.endUnsent(index, dueUs, Number.NaN, nowUs, 'unfinished');
    }
  }

  private finishIfDone(): void {
    if (this.inFlight.count > 0 || this.waiting.length > 0 || this.held > 0 || this.readyCount > 0) return;
    if (this.isAnyToCome() || this.isOver) return;
    this.isOver = true;
    this.options.pacer.stop();
    this.stopExpiry();
    this.finish();
  }

  /** Whether some user is about to go on as soon as its connection is free. */
  private isAnyToCome(): boolean {
    return this.endedUs.some((endedUs) => !Number.isNaN(endedUs));
  }
}
