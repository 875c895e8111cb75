/*
 * Hot path: numbers in typed arrays, nothing allocated for a request.
 */
const NONE = -1;

/**
 * The requests on connections, in the order in which they were due. All have the same timeout, so the
 * first in line is also the first to expire.
 */
export class InFlight {
  readonly index: Float64Array;
  readonly dueUs: Float64Array;
  readonly releasedUs: Float64Array;
  /** NaN until the request is on an open connection. */
  readonly sentUs: Float64Array;
  private readonly before: Int32Array;
  private readonly after: Int32Array;
  private first = NONE;
  private last = NONE;
  count = 0;

  constructor(slots: number) {
    this.index = new Float64Array(slots);
    this.dueUs = new Float64Array(slots);
    this.releasedUs = new Float64Array(slots);
    this.sentUs = new Float64Array(slots);
    this.before = new Int32Array(slots);
    this.after = new Int32Array(slots);
  }

  /** The slot of the oldest request; -1 when there is none. */
  get oldest(): number {
    return this.first;
  }

  /** Those that are on an open connection; looks at all of them. */
  countSent(): number {
    let sent = 0;
    for (let slot = this.first; slot !== NONE; slot = this.after[slot] as number) {
      if (!Number.isNaN(this.sentUs[slot])) sent += 1;
    }
    return sent;
  }

  add(slot: number, index: number, dueUs: number, releasedUs: number): void {
    this.index[slot] = index;
    this.dueUs[slot] = dueUs;
    this.releasedUs[slot] = releasedUs;
    this.sentUs[slot] = Number.NaN;
    this.before[slot] = this.last;
    this.after[slot] = NONE;
    if (this.last === NONE) this.first = slot;
    else this.after[this.last] = slot;
    this.last = slot;
    this.count += 1;
  }

  remove(slot: number): void {
    const before = this.before[slot] as number;
    const after = this.after[slot] as number;
    if (before === NONE) this.first = after;
    else this.after[before] = after;
    if (after === NONE) this.last = before;
    else this.before[after] = before;
    this.count -= 1;
  }
}
