import { subjectSchema } from './subject.js';
import { z } from 'zod';
import { loadSchema } from '../loads/index.js';
import { resourceCaseSchema } from './resource-case.js';
import { verdictSchema } from './verdict.js';

/** Readers refuse newer versions; within one, keys may be added, never renamed or removed. */
export const COMPARISON_VERSION = 2;

const count = z.number().int().nonnegative();

const ofBoth = <T extends z.ZodType>(schema: T): z.ZodObject<{ base: T; candidate: T }> =>
  z.object({ base: schema, candidate: schema });

const comparedFigureSchema = z.object({
  value: z.number(),
  isLowerBound: z.boolean().describe('requests that never ended touch it: the true value is this or more'),
  repeats: count.describe('measurements of which it is the median'),
  lowest: z.number().optional().describe('of these measurements; left out by older versions'),
  highest: z
    .number()
    .nullable()
    .optional()
    .describe(
      'of these measurements; null = not known, as one is only a lower bound; left out by older versions',
    ),
});
export type ComparedFigure = z.infer<typeof comparedFigureSchema>;

const changeSchema = z.object({
  absolute: z.number().describe('candidate − base, in the unit of the metric'),
  percent: z.number().nullable().describe('of the base; null when the base is 0'),
  bound: z
    .enum(['exact', 'at-least', 'at-most'])
    .describe('what the true change is to both numbers, when a side is only a lower bound'),
});
export type Change = z.infer<typeof changeSchema>;

const comparedMetricSchema = z.object({
  metric: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).nullable().describe('null = neither'),
  base: comparedFigureSchema.nullable(),
  candidate: comparedFigureSchema.nullable(),
  change: changeSchema
    .nullable()
    .describe('null = not known: a side is not known, or both are only lower bounds'),
});
export type ComparedMetric = z.infer<typeof comparedMetricSchema>;

/** The repeats of one cell in one run. */
const cellGroupSchema = z.object({
  cellIds: z.array(z.string()).min(1).describe('the repeats, in the order in which they were measured'),
  subject: subjectSchema,
  load: loadSchema,
  window: z.object({ durationMs: z.number() }).describe('the measured time'),
  workers: count,
  case: resourceCaseSchema
    .optional()
    .describe('what the target was allowed to use; left out where bench did not limit it'),
  keepsUp: z
    .boolean()
    .nullable()
    .optional()
    .describe(
      'whether the target keeps up, the median of the repeats; null = not known; left out by older versions',
    ),
  verdict: verdictSchema.shape.state.describe('the worst of the repeats'),
  reasons: z.array(z.string()).describe('ids of the reasons of these verdicts'),
});
export type CellGroup = z.infer<typeof cellGroupSchema>;

const comparedCellSchema = ofBoth(cellGroupSchema).extend({ metrics: z.array(comparedMetricSchema) });
export type ComparedCell = z.infer<typeof comparedCellSchema>;

const sideSchema = z.object({
  name: z.string(),
  folder: z.string(),
  startedAt: z.iso.datetime().nullable(),
  status: z.string().nullable(),
  toolVersion: z.string().nullable(),
  gitCommit: z.string().nullable().describe('of the directory in which bench was started'),
  cells: count,
  remarks: z.array(z.string()).describe('what the reader must know of the directory'),
});
export type ComparedSide = z.infer<typeof sideSchema>;

const differenceSchema = z.object({
  about: z.enum(['environment', 'configuration']),
  name: z.string().describe('`cores`, or the path of a key of the configuration: `connection.keepAlive`'),
  base: z.unknown().describe('null = not there'),
  candidate: z.unknown(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** Two stored runs side by side; whether a change is more than chance is not judged. */
export const comparisonSchema = z.object({
  schemaVersion: z.literal(COMPARISON_VERSION),
  base: sideSchema,
  candidate: sideSchema,
  isSameDirectory: z.boolean(),
  differences: z
    .array(differenceSchema)
    .nullable()
    .describe('of machine and configuration; null = not known, as the results.json of a side is damaged'),
  cells: z
    .array(comparedCellSchema)
    .describe('the same subject, load, worker count and limits of its case on both sides'),
  onlyInBase: z.array(cellGroupSchema),
  onlyInCandidate: z.array(cellGroupSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** What `bench compare --format` takes. */
export const COMPARISON_FORMATS = ['md'] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];
