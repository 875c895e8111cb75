import { z } from 'zod';

const count = z.number().int().nonnegative();

/** The machine on which bench ran. */
export const environmentSchema = z.object({
  node: z.string(),
  cpuModel: z.string(),
  cores: count,
  memoryBytes: count,
  cpuQuotaCores: z
    .number()
    .nullable()
    .optional()
    .describe('what the CPU quota of the cgroup of bench allows; null = none, left out = not looked for'),
  memoryLimitBytes: count
    .nullable()
    .optional()
    .describe('of the cgroup of bench; null = none, left out = not looked for'),
  kernel: z.string(),
  openFilesLimit: count.nullable(),
  freeFiles: count.nullable().describe('open files that bench could still use at the start'),
  localPorts: count.nullable().describe('ports for outgoing connections'),
  loadAverage1m: z.number(),
  gitCommit: z
    .string()
    .nullable()
    .describe('of the working directory; of a run of `bench ab` on a revision, that revision'),
});
export type Environment = z.infer<typeof environmentSchema>;
