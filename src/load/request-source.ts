/*
 * Hot path: asked several times for every request; nothing is allocated.
 */
import { randomAt, seedFor } from '../kernel/random.js';
import type { GeneratorShare } from '../model/generation/generator.js';
import type { RequestBlueprint, RequestSource } from '../model/requests/request.js';

/**
 * The requests of a share by their index in it. Whichever generator sends it, request i of the whole load asks the same
 * operation with the same blueprint: both are functions of i.
 */
export function sourceOf(
  { operations, seed, part }: Pick<GeneratorShare, 'operations' | 'seed' | 'part'>,
  firstSerial: number,
): RequestSource {
  const { index: first, of } = part;
  const lists = operations.map(({ blueprints }) => blueprints);
  const [only] = lists;
  const serialAt = (index: number): number => firstSerial + first + index * of;
  if (lists.length === 1 && only) {
    return {
      serialAt,
      operationAt: () => 0,
      blueprintAt: (index) => only[(first + index * of) % only.length] as RequestBlueprint,
    };
  }
  const choose = chooserByWeight(
    operations.map(({ weight }) => weight),
    // Not the seed itself: random arrivals may have been made of it, and the gap before a request must not decide what it asks.
    seedFor(seed, 'operations'),
  );
  return {
    serialAt,
    operationAt: (index) => choose(first + index * of),
    blueprintAt(index) {
      const whole = first + index * of;
      const blueprints = lists[choose(whole)] as RequestBlueprint[];
      return blueprints[whole % blueprints.length] as RequestBlueprint;
    },
  };
}

/** Which of the weights the random number with an index falls on. */
function chooserByWeight(weights: readonly number[], seed: number): (index: number) => number {
  const ends = new Float64Array(weights.length);
  let total = 0;
  for (const [at, weight] of weights.entries()) {
    total += weight;
    ends[at] = total;
  }
  return (index) => {
    const place = randomAt(seed, index) * total;
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
