/*
 * Hot path: runs for every request. Between due and done no promise, closure or allocation.
 * No policy here: what to keep, when to stop and what to send come from outside.
 */
import type { Schedule } from '../../model/loads/schedule.js';
import { scheduleOf } from '../schedules/index.js';
import { NO_LISTENER, type TransportListener } from '../transport/transport.js';
import { DRAIN_GRACE_US, EXPIRY_PERIOD_MS } from './deadlines.js';
import type { Driver, DriverKind, DriverOptions } from './driver.js';
import { DueQueue } from './due-queue.js';
import { Endings } from './endings.js';
import { InFlight } from './in-flight.js';
import { Opening } from './opening.js';
import { SlotPool } from './slot-pool.js';
import { Surplus } from './surplus.js';

export interface OpenLoopOptions extends DriverOptions {
  readonly schedule: Schedule;
  /** Counted from due. */
  readonly timeoutUs: number;
  readonly maxQueue: number;
}

/** For every kind of load of which a schedule says when each request is due. */
export const openLoop: DriverKind = (share) => {
  const schedule = scheduleOf(share.load, share.part);
  const { maxQueue, timeoutMs } = share;
  return (options) => new OpenLoop({ ...options, schedule, maxQueue, timeoutUs: timeoutMs * 1000 });
};

/** Sends every request when it is due, whatever became of the ones before: the open loop. */
export class OpenLoop implements Driver, TransportListener {
  released = 0;
  private readonly slots: SlotPool;
  private readonly queue: DueQueue;
  private readonly inFlight: InFlight;
  private readonly surplus: Surplus;
  private readonly opening = new Opening(EXPIRY_PERIOD_MS * 1000);
  /** Asked for once: the schedule gives due times cheaply in ascending order only. */
  private lastDueUs: number;
  private planned: number;
  private closesUs = Infinity;
  private startUs = 0;
  private hasReachedLimit = false;
  private stopExpiry = (): void => {};
  private finish = (): void => {};
  private readonly endings: Endings;

  constructor(private readonly options: OpenLoopOptions) {
    const { schedule } = options;
    this.planned = schedule.planned;
    this.lastDueUs = schedule.planned === 0 ? 0 : (schedule.dueAtUs(schedule.planned - 1) as number);
    this.slots = new SlotPool(options.transport.slots, options.openConnections);
    this.queue = new DueQueue(options.maxQueue);
    this.inFlight = new InFlight(options.transport.slots);
    this.endings = new Endings(this.inFlight, options, this.finishIfDone);
    this.surplus = new Surplus(
      this.slots,
      options.transport,
      options.openConnections,
      1000 / EXPIRY_PERIOD_MS,
    );
  }

  get longestQueue(): number {
    return this.queue.longest;
  }

  get connectionLimitReached(): boolean {
    return this.hasReachedLimit;
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
      this.options.pacer.wakeAt(startUs, this.wake);
    });
  }

  close(atUs: number): void {
    this.closesUs = atUs;
    this.lastDueUs = Math.min(this.lastDueUs, atUs);
    if (this.dueAtUs(this.released) === undefined) this.finishIfDone();
  }

  stop(): void {
    this.options.pacer.stop();
    this.stopExpiry();
    this.options.transport.listen(NO_LISTENER);
    this.finish();
  }

  private nowUs(): number {
    return this.options.clock.nowUs() - this.startUs;
  }

  /** Of the next one to release, or a later one; undefined where it is not planned. */
  private dueAtUs(index: number): number | undefined {
    const dueUs = this.options.schedule.dueAtUs(index);
    if (dueUs !== undefined && dueUs < this.closesUs) return dueUs;
    this.planned = Math.min(this.planned, index);
    return undefined;
  }

  private readonly wake = (): void => {
    const dueUs = this.releaseDue();
    if (dueUs === undefined) this.finishIfDone();
    else this.options.pacer.wakeAt(this.startUs + dueUs, this.wake);
  };

  /**
   * Releases all that is due now; what falls due meanwhile has to wait until answers have been read. Returns when the
   * next is due, undefined when none is left.
   */
  private releaseDue(): number | undefined {
    const untilUs = this.nowUs();
    let dueUs = this.dueAtUs(this.released);
    while (dueUs !== undefined && dueUs <= untilUs) {
      const index = this.released;
      this.released += 1;
      const releasedUs = this.nowUs();
      this.options.onReleased(dueUs, releasedUs);
      this.admit(index, dueUs, releasedUs);
      dueUs = this.dueAtUs(this.released);
    }
    return dueUs;
  }

  private admit(index: number, dueUs: number, releasedUs: number): void {
    if (this.queue.length === 0) {
      let slot = this.slots.takeOpen();
      if (slot < 0 && this.opening.isAllowed(releasedUs, dueUs, this.inFlight.count))
        slot = this.slots.takeClosed();
      if (slot >= 0) {
        this.send(slot, index, dueUs, releasedUs);
        return;
      }
    }
    if (this.slots.free === 0) this.hasReachedLimit = true;
    if (!this.queue.push(index, dueUs, releasedUs)) {
      this.endings.endUnsent(index, dueUs, releasedUs, releasedUs, 'dropped');
    }
  }

  private send(slot: number, index: number, dueUs: number, releasedUs: number): void {
    this.inFlight.add(slot, index, dueUs, releasedUs);
    this.surplus.note(this.inFlight.count);
    const { transport, source } = this.options;
    transport.send(slot, source.blueprintAt(index), source.serialAt(index));
  }

  onSent(slot: number): void {
    this.inFlight.sentUs[slot] = this.nowUs();
  }

  wantsAnswer(slot: number, status: number): boolean {
    return this.endings.wantsAnswer(slot, status);
  }

  onAnswered(slot: number, status: number, bytesReceived: number): void {
    const doneUs = this.nowUs();
    this.opening.noteAnswer(doneUs);
    if (doneUs - (this.inFlight.dueUs[slot] as number) > this.options.timeoutUs) {
      this.endings.endSlot(slot, doneUs, 'timed-out', 0, '', bytesReceived);
    } else {
      this.endings.endAnswered(slot, doneUs, status, bytesReceived);
    }
  }

  onFailed(slot: number, kind: string): void {
    this.endings.endSlot(slot, this.nowUs(), 'network-failure', 0, kind, 0);
  }

  onFree(slot: number, open: boolean): void {
    this.slots.give(slot, open);
    this.opening.noteEnd(open);
    if (this.queue.length === 0) return;
    // Many answers may be read in one turn, and sending on each of their connections takes longer than to release.
    this.releaseDue();
    // A connection that is gone may be opened anew; one beyond those that stand is opened by the periodic look only.
    this.sendWaiting(open ? 0 : 1);
  }

  onClosed(slot: number): void {
    this.slots.close(slot);
  }

  /** Sends what waits on the connections that stand, and on at most `mostOpened` that must be opened. */
  private sendWaiting(mostOpened: number): void {
    const { timeoutUs } = this.options;
    let opened = 0;
    while (this.queue.length > 0) {
      const index = this.queue.firstIndex;
      const dueUs = this.queue.firstDueUs;
      const releasedUs = this.queue.firstReleasedUs;
      if (this.nowUs() - dueUs > timeoutUs) {
        this.queue.shift();
        this.endings.endUnsent(index, dueUs, releasedUs, this.nowUs(), 'timed-out');
        continue;
      }
      let slot = this.slots.takeOpen();
      if (slot < 0 && opened < mostOpened) {
        slot = this.slots.takeClosed();
        opened += 1;
      }
      if (slot < 0) return;
      this.queue.shift();
      this.send(slot, index, dueUs, releasedUs);
    }
  }

  /** Ends what is past its deadline, on connections and in the queue, and in the end what is left. */
  private readonly expire = (): void => {
    const { timeoutUs, transport } = this.options;
    const nowUs = this.nowUs();
    for (let slot = this.inFlight.oldest; slot >= 0; slot = this.inFlight.oldest) {
      if (nowUs - (this.inFlight.dueUs[slot] as number) <= timeoutUs) break;
      this.endings.endSlot(slot, nowUs, 'timed-out', 0, '', 0);
      transport.abort(slot);
    }
    while (this.queue.length > 0) {
      const dueUs = this.queue.firstDueUs;
      if (nowUs - dueUs <= timeoutUs) break;
      const index = this.queue.firstIndex;
      const releasedUs = this.queue.firstReleasedUs;
      this.queue.shift();
      this.endings.endUnsent(index, dueUs, releasedUs, nowUs, 'timed-out');
    }
    this.tendConnections();
    if (nowUs > this.lastDueUs + timeoutUs + DRAIN_GRACE_US) this.endUnreleased(nowUs);
  };

  /** Opens connections for a queue that does not shrink, and closes those that are not needed. */
  private tendConnections(): void {
    const mostOpened = this.opening.look(this.nowUs(), this.queue.length);
    if (mostOpened > 0) this.sendWaiting(mostOpened);
    this.surplus.look(this.inFlight.count);
  }

  /** A generator that never got to some requests still accounts for them. */
  private endUnreleased(nowUs: number): void {
    this.options.pacer.stop();
    let index = this.released;
    for (let dueUs = this.dueAtUs(index); dueUs !== undefined; dueUs = this.dueAtUs(index)) {
      this.endings.endUnsent(index, dueUs, Number.NaN, nowUs, 'unfinished');
      index += 1;
    }
    this.finishIfDone();
  }

  private readonly finishIfDone = (): void => {
    if (this.endings.count < this.planned) return;
    this.options.pacer.stop();
    this.stopExpiry();
    this.finish();
  };
}
