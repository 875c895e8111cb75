import { z } from 'zod';

const figure = z.number().nullable();

const probeCostSchema = z.object({
  looks: z.number().int().nonnegative().describe('in the window'),
  meanMs: figure.describe('how long a look took; null without one'),
  maxMs: figure.describe('how long the longest took'),
  cpuMs: z.number().describe('CPU time of bench while it looked, summed over the looks'),
});

/** What looking at the target and the host cost, by the name of the probe. */
export const probeCostsSchema = z.record(z.string(), probeCostSchema);
export type ProbeCosts = z.infer<typeof probeCostsSchema>;
