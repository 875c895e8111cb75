import { z } from 'zod';

/** What load to make. A new shape is a new member of this union. */
export const loadPlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('constant-rate'),
    ratePerSecond: z.number().positive(),
    durationMs: z.number().positive(),
    arrivals: z.literal('constant'),
  }),
]);

export type LoadPlan = z.infer<typeof loadPlanSchema>;
