import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../src/load/request-source.js';
import { poissonArrivals } from '../../src/model/loads/poisson-arrivals.js';
import type { GeneratorShare } from '../../src/model/generation/generator.js';
import { seed } from '../support/loads.js';
import { share } from '../support/shares.js';

type Operations = GeneratorShare['operations'];

/** Operations of these weights, with as many requests as named; a request's path names both. */
function operationsOf(weights: readonly number[], requests = 2): Operations {
  return weights.map((weight, operation) => ({
    blueprints: Array.from({ length: requests }, (_, at) => ({
      ...{ method: 'GET', path: `/${operation}/${at}`, headers: [], body: null },
    })),
    weight,
  }));
}

const WHOLE = { index: 0, of: 1 };
const weights = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 });

describe('sourceOf', () => {
  it('takes the requests of one operation in turn', () => {
    const source = sourceOf(share('http://x', { operations: operationsOf([1], 3) }), 100);

    expect([0, 1, 2, 3].map((index) => source.blueprintAt(index).path)).toEqual([
      '/0/0',
      '/0/1',
      '/0/2',
      '/0/0',
    ]);
    expect([0, 1, 7].map((index) => [source.operationAt(index), source.serialAt(index)])).toEqual([
      [0, 100],
      [0, 101],
      [0, 107],
    ]);
  });

  it('makes of request i the same, whichever generator sends it', () => {
    fc.assert(
      fc.property(weights, seed, fc.integer({ min: 2, max: 7 }), (list, ofRun, of) => {
        const told = { operations: operationsOf(list, 3), seed: ofRun };
        const whole = sourceOf({ ...told, part: WHOLE }, 5);
        for (let index = 0; index < of; index += 1) {
          const part = sourceOf({ ...told, part: { index, of } }, 5);
          for (let at = 0; at < 40; at += 1) {
            const same = index + at * of;
            expect(part.operationAt(at)).toBe(whole.operationAt(same));
            expect(part.blueprintAt(at)).toBe(whole.blueprintAt(same));
            expect(part.serialAt(at)).toBe(whole.serialAt(same));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('asks the operation whose request it sends, in whatever order it is asked', () => {
    fc.assert(
      fc.property(weights, seed, fc.array(fc.nat(100_000), { maxLength: 30 }), (list, ofRun, indices) => {
        const source = sourceOf({ operations: operationsOf(list), seed: ofRun, part: WHOLE }, 0);
        const again = sourceOf({ operations: operationsOf(list), seed: ofRun, part: WHOLE }, 0);
        for (const index of indices) {
          expect(source.blueprintAt(index).path).toMatch(new RegExp(`^/${source.operationAt(index)}/`));
          expect(again.operationAt(index)).toBe(source.operationAt(index));
        }
      }),
    );
  });

  it('asks each operation by its weight', () => {
    fc.assert(
      fc.property(weights, seed, (list, ofRun) => {
        const requests = 20_000;
        const source = sourceOf({ operations: operationsOf(list), seed: ofRun, part: WHOLE }, 0);
        const counts = list.map(() => 0);
        for (let index = 0; index < requests; index += 1) counts[source.operationAt(index)]! += 1;
        const total = list.reduce((sum, weight) => sum + weight, 0);
        for (const [at, weight] of list.entries()) {
          const part = weight / total;
          // Six standard deviations.
          const slack = 6 * Math.sqrt(requests * part * (1 - part));
          expect(Math.abs(counts[at]! - requests * part)).toBeLessThanOrEqual(slack);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not let the gap before a request decide what it asks, where both have one seed', () => {
    const requests = 20_000;
    const arrivals = poissonArrivals(1000, 60_000, 7);
    const source = sourceOf({ operations: operationsOf([1, 1]), seed: 7, part: WHOLE }, 0);
    let shortThenFirst = 0;
    for (let index = 1; index < requests; index += 1) {
      const gapUs = arrivals.dueAtUs(index)! - arrivals.dueAtUs(index - 1)!;
      if (gapUs < 1000 * Math.LN2 && source.operationAt(index) === 0) shortThenFirst += 1;
    }

    // A quarter by chance, half or none if one decided the other.
    expect(Math.abs(shortThenFirst / requests - 0.25)).toBeLessThan(0.02);
  });
});
