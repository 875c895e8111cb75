/*
 * Hot path: numbers in typed arrays, nothing allocated for a request.
 */

/**
 * The free connections. Open ones go out least recently used first, so that the load spreads over all
 * workers behind them. Of those that must be opened first, the one with the lowest number goes out, so
 * that the connections in use stay the same few.
 */
export class SlotPool {
  private readonly open: Int32Array;
  private head = 0;
  private openCount = 0;
  /** 1 for a slot that is free and not open. */
  private readonly isClosed: Uint8Array;
  private closedCount: number;
  /** No closed slot has a lower number. */
  private lowestClosed: number;

  /** The slots 0 … `opened` − 1 have been used before, by the warm-up. */
  constructor(slots: number, opened: number) {
    this.open = Int32Array.from({ length: slots }, (_, index) => index);
    this.openCount = Math.min(opened, slots);
    this.isClosed = new Uint8Array(slots).fill(1, this.openCount);
    this.closedCount = slots - this.openCount;
    this.lowestClosed = this.openCount;
  }

  get free(): number {
    return this.openCount + this.closedCount;
  }

  /** A free slot whose connection stands, or -1. */
  takeOpen(): number {
    if (this.openCount === 0) return -1;
    const slot = this.open[this.head] as number;
    this.head = (this.head + 1) % this.open.length;
    this.openCount -= 1;
    return slot;
  }

  /** A free slot whose connection must be opened, or -1. Opening costs more than this search. */
  takeClosed(): number {
    if (this.closedCount === 0) return -1;
    while (this.isClosed[this.lowestClosed] === 0) this.lowestClosed += 1;
    const slot = this.lowestClosed;
    this.isClosed[slot] = 0;
    this.closedCount -= 1;
    return slot;
  }

  give(slot: number, isOpen: boolean): void {
    if (isOpen) {
      this.open[(this.head + this.openCount) % this.open.length] = slot;
      this.openCount += 1;
      return;
    }
    this.isClosed[slot] = 1;
    this.closedCount += 1;
    if (slot < this.lowestClosed) this.lowestClosed = slot;
  }

  /** The connection of a free slot is gone. Looks at all open ones: not for the hot path. */
  close(slot: number): void {
    for (let left = this.openCount; left > 0; left -= 1) {
      const one = this.takeOpen();
      this.give(one, one !== slot);
    }
  }

  /** A free slot that stands and has at least this number, or -1. Not for the hot path. */
  openAtLeast(number: number): number {
    for (let at = 0; at < this.openCount; at += 1) {
      const slot = this.open[(this.head + at) % this.open.length] as number;
      if (slot >= number) return slot;
    }
    return -1;
  }
}
