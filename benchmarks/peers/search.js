import { CONNECTIONS } from './client.js';

const FIRST_GUESS = 16_000;
export const BOUNDS = { lowest: 250, highest: 400_000 };
const COARSE = { factor: 2, bisections: 3 };
// Once it is known about where to look.
const FINE = { factor: 1.05, bisections: 0 };

/**
 * The highest rate that is held: a geometric ladder up or down until the limit is between two rungs, then
 * bisections. 0 when not even the lowest is.
 *
 * @param {(rate: number) => Promise<boolean>} isHeld
 * @param {number | undefined} known of an earlier search
 */
export async function highestHeld(isHeld, known) {
  const { factor, bisections } = known ? FINE : COARSE;
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let rate = known ?? FIRST_GUESS;
  const look = async () => {
    if (await isHeld(rate)) low = rate;
    else high = rate;
  };
  while (low === 0 || !Number.isFinite(high)) {
    if (rate < BOUNDS.lowest || rate > BOUNDS.highest) return low;
    await look();
    rate = divisible(high === rate ? rate / factor : rate * factor);
  }
  for (let i = 0; i < bisections; i += 1) {
    rate = divisible(Math.sqrt(low * high));
    await look();
  }
  return low;
}

/** Some tools take a rate for each connection. @param {number} rate */
function divisible(rate) {
  return Math.round(rate / CONNECTIONS) * CONNECTIONS;
}
