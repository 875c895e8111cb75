/*
 * Hot path: asked several times for every request; nothing is allocated.
 */

/** Which of the weights a uniform random number from [0, 1) falls on. */
export function choiceByWeight(weights: readonly number[]): (random: number) => number {
  const ends = new Float64Array(weights.length);
  let total = 0;
  for (const [at, weight] of weights.entries()) {
    total += weight;
    ends[at] = total;
  }
  return (random) => {
    const place = random * total;
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (place < (ends[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
