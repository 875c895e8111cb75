/*
 * Hot path: `isAllowed` runs for every request that finds no open connection.
 */

/**
 * A request that is released later than this opens no connection: it is late through the generator's own fault, the
 * answers for which it could have a connection have come already, and opening hundreds would make it later still.
 */
const LATE_US = 1000;
/**
 * Most connections opened from one look to the next, since opening one costs as much as sending ten requests. Without
 * a limit, a moment in which the target does not answer has hundreds opened, for which the generator needs so long that
 * the next requests are late.
 */
const MOST_OPENED = 10;

/** Decides whether a connection is opened for a request that finds none free. */
export class Opening {
  private left = MOST_OPENED;
  /** Whether the target has kept the connection of its last answer. */
  private keepsConnections = true;
  /** At the look before. */
  private queueBefore = 0;
  private lookedUs = 0;

  constructor(private readonly periodUs: number) {}

  /** A request has ended, and its connection stands or not. */
  note(isOpen: boolean): void {
    this.keepsConnections = isOpen;
  }

  isAllowed(lateUs: number, inFlight: number): boolean {
    // Where each request needs a connection of its own, or all are gone, none would come free by itself.
    if (!this.keepsConnections || inFlight === 0) return true;
    if (lateUs > LATE_US || this.left === 0) return false;
    this.left -= 1;
    return true;
  }

  /** To be called every `periodUs`; returns how many connections to open for the queue: some, if it does not shrink. */
  look(nowUs: number, queue: number): number {
    // A look that is late has not seen the answers that came in the meantime.
    const isLate = nowUs - this.lookedUs > 2 * this.periodUs;
    const isStuck = this.queueBefore > 0 && queue >= this.queueBefore;
    this.queueBefore = queue;
    this.lookedUs = nowUs;
    this.left = MOST_OPENED;
    return isStuck && !isLate ? MOST_OPENED : 0;
  }
}
