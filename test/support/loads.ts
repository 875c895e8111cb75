import fc from 'fast-check';
import type { Load } from '../../src/model/loads/index.js';
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

export const anyLoad: fc.Arbitrary<Load> = fc.oneof(...Object.values(loadsByName));
