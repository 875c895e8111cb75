/*
 * Hot path: `isAllowed` runs for every request that finds no open connection, `noteAnswer` for every answer.
 */

/**
 * A request that is released later than this opens no connection: it is late through the generator's own fault, the
 * answers for which it could have a connection have come already, and opening hundreds would make it later still.
 */
const LATE_US = 1000;
/** Where the last answer has come within this time, the next will free a connection sooner than one can be opened. */
const ANSWERS_COME_US = 1000;
/**
 * Most connections opened from one look to the next, since opening one costs as much as sending ten requests. Without
 * a limit, a moment in which the target does not answer has hundreds opened, for which the generator needs so long that
 * the next requests are late.
 */
const MOST_OPENED = 10;
/** With more answers than these from one look to the next, the generator has enough to do: fewer are opened. */
const MANY_ANSWERS = 20;
const MOST_OPENED_THEN = 2;

/** Decides whether a connection is opened for a request that finds none free. */
export class Opening {
  private left = MOST_OPENED;
  /** Whether the target has kept the connection of its last answer. */
  private keepsConnections = true;
  private answeredUs = -Infinity;
  private answers = 0;
  /** At the look before. */
  private queueBefore = 0;
  private lookedUs = 0;

  constructor(private readonly periodUs: number) {}

  noteAnswer(nowUs: number): void {
    this.answeredUs = nowUs;
    this.answers += 1;
  }

  /** A request has ended, and its connection stands or not. */
  noteEnd(isOpen: boolean): void {
    this.keepsConnections = isOpen;
  }

  isAllowed(nowUs: number, dueUs: number, inFlight: number): boolean {
    // Where each request needs a connection of its own, or all are gone, none would come free by itself.
    if (!this.keepsConnections || inFlight === 0) return true;
    if (nowUs - dueUs > LATE_US || nowUs - this.answeredUs < ANSWERS_COME_US || this.left === 0) return false;
    this.left -= 1;
    return true;
  }

  /** To be called every `periodUs`; returns how many connections to open for the queue: some, if it does not shrink. */
  look(nowUs: number, queue: number): number {
    // A look that is late has not seen the answers that came in the meantime.
    const isLate = nowUs - this.lookedUs > this.periodUs + LATE_US;
    const isStuck = this.queueBefore > 0 && queue >= this.queueBefore;
    this.left = this.answers > MANY_ANSWERS ? MOST_OPENED_THEN : MOST_OPENED;
    this.answers = 0;
    this.queueBefore = queue;
    this.lookedUs = nowUs;
    return isStuck && !isLate ? this.left : 0;
  }
}
