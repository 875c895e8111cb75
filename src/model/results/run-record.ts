import { z } from 'zod';
import { environmentSchema } from './environment.js';
import { preflightResultSchema } from './preflight.js';
import { gaugeSampleSchema } from './gauges.js';
import { serviceRecordSchema } from './service.js';
import { judgedObjectiveSchema } from './outcome.js';
import { cellRecordSchema } from './cell-record.js';

/** Readers take this version and those before it; within one, keys may be added, never renamed or removed. */
export const SCHEMA_VERSION = 2;

const count = z.number().int().nonnegative();

/** What a cell's own file holds beyond its entry in results.json: the spread of each second. */
export const cellFileSchema = cellRecordSchema.extend({
  schemaVersion: z.literal(SCHEMA_VERSION),
  series: z.array(
    cellRecordSchema.shape.series.element.extend({
      buckets: z.array(z.tuple([z.number(), count])).describe('[lower edge in µs, answers], about 10 % wide'),
    }),
  ),
});
export type CellFile = z.infer<typeof cellFileSchema>;

/** What the file of a cell is read for when results.json holds the rest. */
export const cellSpreadSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  series: z.array(cellFileSchema.shape.series.element.pick({ buckets: true })),
});
export type CellSpread = z.infer<typeof cellSpreadSchema>;

export const sampleFileSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  id: z.string(),
  samples: z.array(gaugeSampleSchema),
});
export type SampleFile = z.infer<typeof sampleFileSchema>;

const targetEventSchema = z.object({
  kind: z.enum(['started', 'died', 'restarted', 'recovered', 'not-recovered', 'stopped']),
  at: z.iso.datetime(),
  workers: count,
  case: z.string().optional().describe('the name of its resource case; left out where it has none'),
  message: z.string(),
});
export type TargetEvent = z.infer<typeof targetEventSchema>;

/** Which of the runs of `bench ab` a run is: both sides of a pair are measured one right after the other. */
const abPairSchema = z.object({
  id: z.string().describe('of the `bench ab`: the same in all its runs'),
  index: z.int().positive().describe('of the pair, from 1; its two runs have the same seed'),
  side: z.enum(['base', 'candidate']),
});
export type AbPair = z.infer<typeof abPairSchema>;

export const runRecordSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.object({ name: z.literal('openapi-bench'), version: z.string() }),
  command: z.array(z.string()).describe('secrets redacted'),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  status: z
    .enum(['running', 'complete', 'interrupted', 'failed', 'aborted'])
    .describe('aborted: an objective failed, and the rest was not measured (--abort-on-fail)'),
  failure: z.string().nullable().describe('why the run failed'),
  owner: z
    .object({ pid: count, host: z.string() })
    .describe('who writes this run: `running` without a living owner means interrupted'),
  environment: environmentSchema,
  pair: abPairSchema.optional().describe('of a run of `bench ab`; left out = it is none'),
  config: z.record(z.string(), z.unknown()).describe('the resolved configuration, secrets redacted'),
  services: z
    .array(serviceRecordSchema)
    .optional()
    .describe('databases that ran beside the target; left out = none'),
  targetEvents: z.array(targetEventSchema),
  preflight: z
    .array(preflightResultSchema)
    .optional()
    .describe('what came of one request for each operation before the load; left out = not asked'),
  cells: z.array(cellRecordSchema),
  objectives: z
    .array(judgedObjectiveSchema)
    .optional()
    .describe('what was good enough, and what came of it in each cell; left out = nothing was asked for'),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
