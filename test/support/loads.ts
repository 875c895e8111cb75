import fc from 'fast-check';
import { durationMsOf, type Load } from '../../src/model/loads/index.js';
import type { ThinkTime } from '../../src/model/loads/think-time.js';
import type { Stage } from '../../src/model/loads/stage.js';

const rate = fc.double({ min: 0.1, max: 500, noNaN: true });
const durationMs = fc.double({ min: 0.1, max: 2000, noNaN: true });
const constantRate = fc
  .record({ ratePerSecond: rate, durationMs })
  .map((load) => ({ kind: 'constant-rate', ...load }) as const);

export const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** Ramps, flat stages, jumps and rests; whole figures too, where a formula is most easily one off. */
export const someStages: fc.Arbitrary<Stage[]> = fc.array(
  fc.record({
    fromRatePerSecond: fc.oneof(fc.constant(0), fc.nat(300), rate),
    toRatePerSecond: fc.oneof(fc.constant(0), fc.nat(300), rate),
    durationMs: fc.oneof(fc.constantFrom(1, 10, 100, 500), durationMs),
  }),
  { minLength: 1, maxLength: 5 },
);

export const loadsByName = {
  constant: constantRate.map((load): Load => ({ ...load, arrivals: 'constant' })),
  poisson: fc
    .tuple(constantRate, seed)
    .map(([load, ofRun]): Load => ({ ...load, arrivals: 'poisson', seed: ofRun })),
  stages: someStages.map((stages): Load => ({ kind: 'stages', stages })),
};

/** Loads whose schedule says when each request is due. */
export const anyLoad: fc.Arbitrary<Load> = fc.oneof(...Object.values(loadsByName));

/** Without any, a fake target that answers at once would be asked for ever. */
const think: fc.Arbitrary<ThinkTime> = fc.oneof(
  fc.integer({ min: 1, max: 300 }).map((ms) => ({ kind: 'constant' as const, ms })),
  fc.constantFrom(
    { kind: 'uniform' as const, minMs: 5, maxMs: 200 },
    { kind: 'exponential' as const, meanMs: 80 },
  ),
);
const users = fc
  .record({
    users: fc.integer({ min: 1, max: 12 }),
    ramp: fc.double({ min: 0.1, max: 1, noNaN: true }),
    think,
  })
  .map(({ users: count, ramp, think: each }): Load => ({
    ...{ kind: 'users', users: count, think: each, durationMs: 1500 },
    spawnRatePerSecond: count / (1.5 * ramp),
  }));
const userStages = fc
  .record({
    think,
    stages: fc.array(
      fc.record({
        fromUsers: fc.integer({ min: 0, max: 12 }),
        toUsers: fc.integer({ min: 0, max: 12 }),
        durationMs: fc.constantFrom(1, 100, 600),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map((load): Load => ({ kind: 'user-stages', ...load }));
const fixedCount = fc
  .record({ requests: fc.integer({ min: 1, max: 60 }), concurrency: fc.integer({ min: 1, max: 12 }) })
  .map((load): Load => ({ kind: 'fixed-count', ...load }));

/** Loads whose requests wait for answers, of at most twelve users. */
export const anyClosedLoad: fc.Arbitrary<Load> = fc.oneof(users, userStages, fixedCount);

/** The length of a load's window; some length for one that has none of its own. */
export function windowMsOf(load: Load): number {
  return durationMsOf(load) ?? 10_000;
}
