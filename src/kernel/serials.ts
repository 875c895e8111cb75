import { systemClock, type Clock } from './clock.js';

/** More than any load sends, so that numbers never run ahead of the clock. */
const PER_MILLISECOND = 100;
/** 2020-01-01: what is counted from here has 14 digits until 2048. */
const EPOCH_MS = 1_577_836_800_000;

/** Hands out numbers that were never handed out before, in this run or an earlier one: they begin with the time. */
export class Serials {
  private next = 0;

  constructor(private readonly clock: Pick<Clock, 'unixMs'>) {}

  /** The first of so many numbers in a row. */
  take(count = 1): number {
    const first = Math.max(this.next, (this.clock.unixMs() - EPOCH_MS) * PER_MILLISECOND);
    this.next = first + count;
    return first;
  }
}

/** One for the whole process, as its clock is. */
export const systemSerials = new Serials(systemClock);
