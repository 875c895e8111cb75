/*
 * Hot path: asked several times for every request; nothing is allocated.
 */
import { randomAt, seedFor } from '../kernel/random.js';
import { choiceByWeight } from './choice-by-weight.js';
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
  const byWeight = choiceByWeight(operations.map(({ weight }) => weight));
  // Not the seed itself: random arrivals may have been made of it, and the gap before a request must not decide what it asks.
  const ofOperations = seedFor(seed, 'operations');
  const choose = (index: number): number => byWeight(randomAt(ofOperations, index));
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
