import { z } from 'zod';

/** What the target of a cell may use, as it was asked for. */
export const caseLimitsSchema = z.object({
  name: z.string(),
  cpuCores: z.number().positive().nullable().describe('null = not limited'),
  memoryBytes: z.number().int().positive().nullable().describe('null = not limited'),
});
export type CaseLimits = z.infer<typeof caseLimitsSchema>;

/** A resource case as it was measured: its limits, and how the target was held to them. */
export const resourceCaseSchema = caseLimitsSchema.extend({
  cpuBy: z
    .enum(['cgroup-v2', 'cgroup-v1', 'taskset'])
    .nullable()
    .describe('what holds the target to its cores; null = they are not limited'),
  memoryBy: z
    .enum(['cgroup-v2', 'cgroup-v1', 'nothing'])
    .nullable()
    .describe('nothing = no cgroup could be written: the memory was not limited; null = nor asked to be'),
});
export type ResourceCase = z.infer<typeof resourceCaseSchema>;
