/*
 * Hot path: `note` runs for every request.
 */
import type { Transport } from '../transport/transport.js';
import type { SlotPool } from './slot-pool.js';

/** What was not needed in so many seconds is surplus. */
const PEAK_SECONDS = 5;
/** Closing one takes as long as sending a few requests. */
const MOST_CLOSED_AT_ONCE = 4;

/**
 * Closes the connections that a stall has opened and nobody needs any more: with too many, each is idle for so long
 * between two requests that the target closes it.
 */
export class Surplus {
  private looks = 0;
  /** Connections that the load has lately needed; not known in the first second. */
  private needed = Infinity;
  /** Most requests on connections at once, in each of the last seconds. */
  private readonly peaks = new Int32Array(PEAK_SECONDS);
  private second = 0;

  constructor(
    private readonly slots: SlotPool,
    private readonly transport: Pick<Transport, 'closeIdle'>,
    /** Kept in any case. */
    private readonly least: number,
    private readonly looksPerSecond: number,
  ) {}

  /** So many requests are on connections. */
  note(inFlight: number): void {
    if (inFlight > (this.peaks[this.second] as number)) this.peaks[this.second] = inFlight;
  }

  /** To be called periodically, `looksPerSecond` times a second. */
  look(inFlight: number): void {
    this.looks += 1;
    if (this.looks % this.looksPerSecond === 0) {
      this.needed = Math.max(this.least, ...this.peaks);
      this.second = (this.second + 1) % PEAK_SECONDS;
      this.peaks[this.second] = inFlight;
    }
    // The ones with low numbers stay: they were opened first, evenly over the workers behind them.
    for (let closed = 0; closed < MOST_CLOSED_AT_ONCE; closed += 1) {
      const slot = this.slots.openAtLeast(this.needed);
      if (slot < 0) return;
      this.slots.close(slot);
      this.transport.closeIdle(slot);
    }
  }
}
