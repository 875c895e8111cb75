/*
 * Hot path: numbers in typed arrays, nothing allocated for a request.
 */

/**
 * The free connections. Open ones go out least recently used first, so that the load spreads over all
 * workers behind them; a new one is opened only when every open one is busy.
 */
export class SlotPool {
  private readonly open: Int32Array;
  private head = 0;
  private openCount = 0;
  private readonly closed: Int32Array;
  private closedCount: number;

  /** The slots 0 … `opened` − 1 have been used before, by the warm-up. */
  constructor(slots: number, opened: number) {
    this.open = Int32Array.from({ length: slots }, (_, index) => index);
    this.openCount = Math.min(opened, slots);
    this.closed = Int32Array.from({ length: slots }, (_, index) => slots - 1 - index);
    this.closedCount = slots - this.openCount;
  }

  get free(): number {
    return this.openCount + this.closedCount;
  }

  /** A free slot, or -1. */
  take(): number {
    if (this.openCount > 0) {
      const slot = this.open[this.head] as number;
      this.head = (this.head + 1) % this.open.length;
      this.openCount -= 1;
      return slot;
    }
    if (this.closedCount === 0) return -1;
    this.closedCount -= 1;
    return this.closed[this.closedCount] as number;
  }

  give(slot: number, isOpen: boolean): void {
    if (isOpen) {
      this.open[(this.head + this.openCount) % this.open.length] = slot;
      this.openCount += 1;
    } else {
      this.closed[this.closedCount] = slot;
      this.closedCount += 1;
    }
  }
}
