import { subjectSchema } from './subject.js';
import { z } from 'zod';
import { loadSchema } from '../loads/index.js';
import { resourceCaseSchema } from './resource-case.js';
import { verdictSchema } from './verdict.js';

/** Readers refuse newer versions; within one, keys may be added, never renamed or removed. */
export const COMPARISON_VERSION = 2;

/** What `bench compare --across` takes: cells that differ in it are held against one another all the same. */
export const ACROSS = ['workers', 'limits', 'rates', 'arrivals'] as const;
export type Across = (typeof ACROSS)[number];

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

/** What is said of a change, the weightiest first; a judgement says the same of one figure, a cell of all that decide. */
export const CHANGE_VERDICTS = ['REGRESSED', 'SUSPECT', 'IMPROVED', 'INCONCLUSIVE', 'UNCHANGED'] as const;
const changeVerdictSchema = z.enum(CHANGE_VERDICTS);
export type ChangeVerdict = z.infer<typeof changeVerdictSchema>;

const judgedChangeSchema = z.object({
  figure: z.string().describe('id of the figure: `p50`; `keeps-up` = whether the target kept up'),
  title: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower']),
  family: z
    .enum(['primary', 'exploratory'])
    .describe('figures that are corrected together for their number; only primary ones decide on a cell'),
  basis: z
    .enum(['repeats', 'sections', 'category', 'counts'])
    .describe(
      'what was compared: values of whole runs, sections of single runs, whether the target kept up, or counts of requests',
    ),
  repeats: ofBoth(count).describe('that were judged: without those that are INVALID'),
  percent: z
    .number()
    .nullable()
    .describe('change, in % of the base; of a figure in %, in percentage points; null = not known'),
  interval: z
    .object({ lowPercent: z.number(), highPercent: z.number(), confidence: z.number().describe('0 to 1') })
    .nullable()
    .describe(
      'of the change, in the unit of `percent`; of changes that were found, corrected for having been selected',
    ),
  marginPercent: z
    .number()
    .nullable()
    .describe('a change of less is none, in the unit of `percent`; null = a category has none'),
  pValue: z.number().nullable().describe('of a change that is no larger than the margin'),
  adjustedPValue: z.number().nullable().describe('corrected for the number of figures of the family'),
  verdict: changeVerdictSchema.nullable().describe('null = not judged, see `why`'),
  neededRepeats: count
    .nullable()
    .describe(
      'on each side, to tell no change from one of twice the margin, or to be sure of what is SUSPECT; null = not known, or not needed',
    ),
  detectablePercent: z
    .number()
    .nullable()
    .describe('a change that so many repeats find in 4 of 5 comparisons, by its size; null = not known'),
  why: z.string().nullable().describe('why it is not judged, or judged with reserve; null = nothing to say'),
});
export type JudgedChange = z.infer<typeof judgedChangeSchema>;

const comparedCellSchema = ofBoth(cellGroupSchema).extend({
  metrics: z.array(comparedMetricSchema),
  judgements: z.array(judgedChangeSchema),
  outcome: changeVerdictSchema.nullable().describe('of its primary judgements; null = not judged, see `why`'),
  why: z.string().nullable().describe('why it is not judged, or what was left out; null = nothing to say'),
});
export type ComparedCell = z.infer<typeof comparedCellSchema>;

const comparedRunSchema = z.object({
  name: z.string(),
  folder: z.string(),
  startedAt: z.iso.datetime().nullable(),
  gitCommit: z.string().nullable(),
});
export type ComparedRun = z.infer<typeof comparedRunSchema>;

const sideSchema = z.object({
  name: z.string(),
  folder: z.string().describe('of the run; of several, the folder that they share'),
  runs: z.array(comparedRunSchema).min(1).describe('in the order in which they were named'),
  startedAt: z.iso.datetime().nullable(),
  status: z.string().nullable(),
  toolVersion: z.string().nullable(),
  gitCommit: z.string().nullable().describe('of the directory in which bench was started'),
  cells: count,
  remarks: z.array(z.string()).describe('what the reader must know of the directory'),
});
export type ComparedSide = z.infer<typeof sideSchema>;

export const differenceSchema = z.object({
  about: z.enum(['environment', 'configuration']),
  name: z.string().describe('`cores`, or the path of a key of the configuration: `connection.keepAlive`'),
  base: z.unknown().describe('null = not there'),
  candidate: z.unknown(),
});
export type Difference = z.infer<typeof differenceSchema>;

const outcomeSchema = z.object({
  state: changeVerdictSchema.describe(
    'the weightiest of the cells: REGRESSED, SUSPECT, IMPROVED, INCONCLUSIVE (also where no cell was judged), UNCHANGED',
  ),
  regressed: count,
  improved: count,
  unchanged: count,
  inconclusive: count,
  suspect: count,
  notJudged: count.describe('INVALID on a side, or without a success on both'),
});
export type ComparisonOutcome = z.infer<typeof outcomeSchema>;

const keptApartSchema = z.object({
  by: z.string().describe('what differs between cells that would match otherwise: `workers`'),
  flag: z.string().describe('of `bench compare`, to compare across it: `--across workers`'),
  base: z.array(z.string()),
  candidate: z.array(z.string()),
  pairs: count.describe('cells that would match with the flag'),
});
export type KeptApart = z.infer<typeof keptApartSchema>;

/** Two sets of stored runs side by side, with what can be said of their changes. */
export const comparisonSchema = z.object({
  schemaVersion: z.literal(COMPARISON_VERSION),
  base: sideSchema,
  candidate: sideSchema,
  isSameDirectory: z.boolean().describe('the same runs on both sides'),
  isPaired: z.boolean().describe('the runs are pairs of `bench ab`, and were compared pair by pair'),
  outcome: outcomeSchema.describe('numbers of cells'),
  noiseFloor: z
    .object({ host: z.string(), measuredAt: z.iso.datetime() })
    .nullable()
    .describe('of `bench calibrate`, by which single runs were judged; null = none was used'),
  across: z.array(z.enum(ACROSS)).describe('what cells were matched across'),
  renamed: z
    .array(z.object({ from: z.string(), to: z.string() }))
    .describe('operations, as they were mapped'),
  keptApart: z.array(keptApartSchema).describe('why cells of one side have no partner on the other'),
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

/** What `bench compare --fail-on` takes: from which verdict of a cell on it fails, the weightiest first. */
export const FAIL_ON = ['regressed', 'suspect', 'inconclusive', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** What `bench compare --format` takes. */
export const COMPARISON_FORMATS = ['md', 'junit', 'github'] as const;
export type ComparisonFormat = (typeof COMPARISON_FORMATS)[number];
