import { z } from 'zod';
import { loadSchema } from '../loads/index.js';
import { differenceSchema } from './comparison.js';
import { resourceCaseSchema } from './resource-case.js';
import { runRecordSchema } from './run-record.js';
import { subjectSchema } from './subject.js';

/** Readers refuse newer versions; within one, keys may be added, never renamed or removed. */
export const HISTORY_VERSION = 1;

const count = z.number().int().nonnegative();

const historyRunSchema = z.object({
  name: z.string(),
  folder: z.string(),
  startedAt: z.iso.datetime(),
  status: runRecordSchema.shape.status,
  gitCommit: z.string().nullable().describe('of the directory in which bench was started'),
  toolVersion: z.string(),
  cells: count,
});
export type HistoryRun = z.infer<typeof historyRunSchema>;

const levelSchema = z.object({
  mean: z.number(),
  sd: z.number().describe('between these runs, divided by their number'),
  runs: count,
});
export type Level = z.infer<typeof levelSchema>;

const changePointSchema = z.object({
  run: count.describe('place in `runs` of the first run after the change'),
  previousRun: count.describe('place in `runs` of the last run before it that has the figure'),
  before: levelSchema.describe('from the change point before, or the first run'),
  after: levelSchema.describe('to the next change point, or the last run'),
  absolute: z.number().describe('in the unit of the figure'),
  percent: z.number().nullable().describe('of the mean before; null where that is 0'),
  pValue: z.number().describe('of a t-test between the runs before and after'),
  verdict: z.enum(['REGRESSED', 'IMPROVED', 'CHANGED']).describe('CHANGED: the figure has no better side'),
  differences: z
    .array(differenceSchema)
    .describe('of machine and configuration between the two runs: base is the run before'),
});
export type ChangePoint = z.infer<typeof changePointSchema>;

/** Of a series: what its newest change point says where it is among the newest runs; SUSPECT = it may be chance. */
const seriesStateSchema = z.enum([
  'REGRESSED',
  'SUSPECT',
  'IMPROVED',
  'CHANGED',
  'UNCHANGED',
  'INCONCLUSIVE',
]);
export type SeriesState = z.infer<typeof seriesStateSchema>;

/** A figure of a cell over all runs that measured it. */
const seriesSchema = z.object({
  subject: subjectSchema.describe('as the newest of the runs names it'),
  load: loadSchema,
  workers: count,
  case: resourceCaseSchema.optional(),
  figure: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']).nullable(),
  values: z.array(
    z.object({
      run: count.describe('place in `runs`'),
      value: z.number().describe('the median where the run has repeats'),
      isLowerBound: z.boolean(),
    }),
  ),
  without: z
    .object({
      invalid: count.describe('the generator was the limit'),
      behind: count.describe(
        'the target did not keep up: its response time says how long the run was; of latency figures only',
      ),
    })
    .describe('runs that measured the cell, and are left out'),
  changes: z.array(changePointSchema).describe('oldest first'),
  state: seriesStateSchema.describe(
    'SUSPECT: among so many figures chance makes such a change point; INCONCLUSIVE: fewer than 6 runs',
  ),
});
export type Series = z.infer<typeof seriesSchema>;

/** The result of `bench history`. */
export const historySchema = z.object({
  schemaVersion: z.literal(HISTORY_VERSION),
  options: z.object({
    minMagnitudePercent: z.number().describe('smaller changes are none'),
    maxPValue: z.number(),
    windowRuns: count,
    recentRuns: count.describe('the newest runs; change points before them are not held against anybody'),
  }),
  runs: z.array(historyRunSchema).describe('oldest first'),
  leftOut: z.array(z.object({ folder: z.string(), why: z.string().describe('a sentence') })),
  series: z.array(seriesSchema),
  outcome: z
    .object({
      state: seriesStateSchema.describe('the weightiest of the series, in this order'),
      regressed: count,
      improved: count,
      changed: count,
      suspect: count,
      unchanged: count,
      inconclusive: count,
    })
    .describe('numbers of series'),
});
export type History = z.infer<typeof historySchema>;

/** What `bench history --format` takes. */
export const HISTORY_FORMATS = ['md'] as const;
export type HistoryFormat = (typeof HISTORY_FORMATS)[number];
