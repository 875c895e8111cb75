import { z } from 'zod';

/** A part of a load in which the rate changes evenly from one figure to another. */
export const stageSchema = z.strictObject({
  fromRatePerSecond: z.number().nonnegative(),
  toRatePerSecond: z.number().nonnegative(),
  durationMs: z.number().positive(),
});
export type Stage = z.infer<typeof stageSchema>;
