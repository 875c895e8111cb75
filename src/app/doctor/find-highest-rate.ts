const FIRST_RATE = 5000;
const HIGHEST_RATE = 640_000;
/** The gap between what passes and what fails is halved so often, on a scale of ratios: 2 → 1.09. */
const HALVINGS = 3;

/**
 * The highest rate, in requests per second, at which `passes` holds: doubles until it fails, then closes
 * in. A failure must repeat to count: on a shared machine one of them says little.
 */
export async function findHighestRate(passes: (ratePerSecond: number) => Promise<boolean>): Promise<number> {
  const passesAtAll = async (rate: number): Promise<boolean> => (await passes(rate)) || (await passes(rate));
  let highest = 0;
  let lowestFailing = FIRST_RATE;
  while (lowestFailing <= HIGHEST_RATE && (await passesAtAll(lowestFailing))) {
    highest = lowestFailing;
    lowestFailing *= 2;
  }
  if (lowestFailing > HIGHEST_RATE) return highest;
  // Nothing has passed yet: close in from far below.
  let low = highest === 0 ? FIRST_RATE / 2 ** HALVINGS : highest;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = roundRate(Math.sqrt(low * lowestFailing));
    if (await passesAtAll(middle)) {
      low = middle;
      highest = middle;
    } else {
      lowestFailing = middle;
    }
  }
  return highest;
}

/** Two significant digits: more would pretend. */
function roundRate(ratePerSecond: number): number {
  return Number(ratePerSecond.toPrecision(2));
}
