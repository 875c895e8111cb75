import { z } from 'zod';

const constantRate = {
  kind: z.literal('constant-rate'),
  ratePerSecond: z.number().positive(),
  durationMs: z.number().positive(),
};

const stageSchema = z.strictObject({
  fromRatePerSecond: z.number().nonnegative(),
  toRatePerSecond: z.number().nonnegative(),
  durationMs: z.number().positive(),
});
export type Stage = z.infer<typeof stageSchema>;

/** What load to make. A new shape is a new member of this union. */
export const loadPlanSchema = z.discriminatedUnion('kind', [
  z.discriminatedUnion('arrivals', [
    z.strictObject({ ...constantRate, arrivals: z.literal('constant').describe('evenly spaced') }),
    z.strictObject({
      ...constantRate,
      arrivals: z.literal('poisson').describe('independent of one another: exponential gaps'),
      seed: z.int().nonnegative().describe('the same seed gives the same arrivals'),
    }),
  ]),
  z.strictObject({
    kind: z.literal('stages'),
    stages: z.array(stageSchema).min(1).describe('one after the other, the rate changing evenly in each'),
  }),
]);

export type LoadPlan = z.infer<typeof loadPlanSchema>;
