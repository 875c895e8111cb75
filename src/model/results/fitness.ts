import { z } from 'zod';
import { environmentSchema } from './environment.js';

const figure = z.number().nullable();
const pair = z.object({ p50: figure, p99: figure });

/** What stands between this machine and the loads that one may ask of it. */
const machineLimitsSchema = z.object({
  cores: z.number().int(),
  cpuQuotaCores: figure
    .optional()
    .describe('what the CPU quota of the cgroup of bench allows; null = none, left out = not looked for'),
  freeFiles: z.number().int().nullable().describe('open files that bench may still use'),
  localPorts: z.number().int().nullable().describe('ports for outgoing connections'),
  reusesPorts: z.boolean().describe('whether ports of closed loopback connections are free after a second'),
  loadAverage1m: z.number(),
});
export type MachineLimits = z.infer<typeof machineLimitsSchema>;

/** The cores that bench may use: those of the machine, or fewer by a quota, as a fraction. */
export function usableCores({ cores, cpuQuotaCores }: MachineLimits): number {
  return Math.min(cores, cpuQuotaCores ?? cores);
}

/** What one way of sending can do here, against a server that does nothing. */
const engineFitnessSchema = z.object({
  threads: z.number().int(),
  pacing: z.enum(['precise', 'relaxed']),
  client: z.enum(['undici', 'wire']).optional().describe('left out by older versions: wire'),
  floor: z
    .object({ ratePerSecond: z.number(), sendLagMs: pair, responseMs: pair, cpuPercent: z.number() })
    .describe('at a low rate: no target can look faster than this'),
  highestRatePerSecond: z.number().describe('that was released in time: 99.9 %, send lag p99 at most 1 ms'),
});
export type EngineFitness = z.infer<typeof engineFitnessSchema>;

const remarkSchema = z.object({
  state: z.enum(['fine', 'warning']),
  about: z.string(),
  message: z.string(),
});
export type Remark = z.infer<typeof remarkSchema>;

/** The result of `bench doctor`. */
export const fitnessSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('openapi-bench'), version: z.string() }),
  at: z.iso.datetime(),
  environment: environmentSchema,
  limits: machineLimitsSchema,
  remarks: z.array(remarkSchema),
  engine: z.array(engineFitnessSchema),
  verdict: z.object({
    state: z.enum(['fit', 'unfit']),
    highestRatePerSecond: z.number(),
    message: z.string(),
  }),
});
export type Fitness = z.infer<typeof fitnessSchema>;
