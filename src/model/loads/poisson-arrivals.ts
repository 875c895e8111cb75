import { randomAt } from '../../kernel/random.js';
import type { Schedule } from './schedule.js';

/** Gaps that are made at a time: 8 KiB, and some 20 µs between two requests of a thousand. */
const BLOCK = 1024;

/**
 * Arrivals that know nothing of one another: the gaps are exponential with mean 1 / rate, the first one
 * before the first request. Made in blocks that are each reproducible alone, so that memory holds the
 * blocks' starts (8 bytes for each) and one block, not a time for each request. Reading backwards, or far
 * ahead, makes a block again.
 */
export function poissonArrivals(ratePerSecond: number, durationMs: number, seed: number): Schedule {
  const meanGapUs = 1e6 / ratePerSecond;
  const durationUs = durationMs * 1000;
  const dues = new Float64Array(BLOCK);
  const starts: number[] = [];

  /** Puts the due times of a block that starts at `startUs` into `dues`; returns the last one. */
  function make(block: number, startUs: number): number {
    const first = block * BLOCK;
    let dueUs = startUs;
    for (let at = 0; at < BLOCK; at += 1) {
      dueUs -= meanGapUs * Math.log(1 - randomAt(seed, first + at));
      dues[at] = dueUs;
    }
    return dueUs;
  }

  for (let startUs = 0; startUs < durationUs;) {
    starts.push(startUs);
    startUs = make(starts.length - 1, startUs);
  }
  let made = starts.length - 1;
  const planned = made * BLOCK + dues.findIndex((dueUs) => dueUs >= durationUs);

  return {
    planned,
    dueAtUs(index) {
      if (index >= planned) return undefined;
      const block = Math.floor(index / BLOCK);
      if (block !== made) {
        make(block, starts[block] as number);
        made = block;
      }
      return dues[index - block * BLOCK];
    },
  };
}
