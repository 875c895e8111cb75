import { z } from 'zod';

export const AB_PLAN_VERSION = 1;

const revisionSchema = z.object({
  name: z.string().describe('as it was asked for: `origin/main`'),
  commit: z.string(),
  repository: z.string().describe('the folder at its top'),
});
export type Revision = z.infer<typeof revisionSchema>;

/** What `bench ab` sets out to measure, kept beside its runs so that it can be resumed: `ab.json`. */
export const abPlanSchema = z.object({
  schemaVersion: z.literal(AB_PLAN_VERSION),
  id: z.string().describe('in the record of each of its runs, as `pair.id`'),
  startedAt: z.iso.datetime(),
  command: z.array(z.string()).describe('secrets redacted'),
  folder: z.string().describe('the working directory in which it was begun'),
  seed: z.number().int().nonnegative().describe('of the order of the sides, and of the seed of each pair'),
  repeats: z.number().int().positive().describe('runs of each side'),
  base: revisionSchema.nullable().describe('null = no revision was asked for'),
  candidate: revisionSchema.nullable(),
});
export type AbPlan = z.infer<typeof abPlanSchema>;
