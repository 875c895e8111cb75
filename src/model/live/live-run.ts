import { subjectSchema } from '../results/subject.js';
import { z } from 'zod';
import { caseLimitsSchema } from '../results/resource-case.js';
import { phaseSchema } from '../generation/generator.js';
import { loadSchema } from '../loads/index.js';

const count = z.int().nonnegative();
const figure = z.number().nullable();

/** A cell by which it is known before it has figures. */
export const liveCellSchema = z.object({
  id: z.string().describe('as in results.json'),
  name: z.string().describe('for people'),
  subject: subjectSchema,
  workers: count,
  case: caseLimitsSchema.optional().describe('what the target may use; left out = it is not limited'),
  repeat: count,
  load: loadSchema,
  windowMs: z
    .number()
    .nullable()
    .describe('length of the measured time; null = until all requests have ended'),
});
export type LiveCell = z.infer<typeof liveCellSchema>;

/** What happened in a cell since the second before, as seen while it runs. */
export const liveSecondSchema = z.object({
  phase: phaseSchema.describe('a second is of the phase in which it begins'),
  second: count.describe('from 0 in the warm-up, and again from the opening of the window'),
  elapsedMs: z.number().describe('since the phase began, or since the window opened, in milliseconds'),
  targetRatePerSecond: figure.describe('null in the warm-up, which has no rate of its own; 0 in the drain'),
  sent: count.nullable().describe('null in the warm-up, as all counts: it is not measured'),
  succeeded: count.nullable(),
  failed: count.nullable().describe('ended without success, of whatever kind'),
  p50Ms: figure.describe('response time of the answers of this second; null without answers'),
  p99Ms: figure,
  inFlight: count.nullable().describe('sent and not ended'),
  waiting: count.nullable().describe('released and not sent: waiting for a connection'),
  cpuPercent: figure.describe('of the target at the last look, 100 = one core; null when not known'),
  memoryBytes: figure.describe('sum of RSS over the process tree; null when not known'),
});
export type LiveSecond = z.infer<typeof liveSecondSchema>;

/** The cell under way. */
export interface CellUnderWay {
  readonly cell: LiveCell;
  /** Its place in the run, from 1. */
  readonly number: number;
  /** The last ones, the newest at the end. */
  readonly seconds: readonly LiveSecond[];
  /** Over the whole cell so far. */
  readonly failed: number;
  /** Successes per second over the last second; null before there is one. */
  readonly ratePerSecond: number | null;
}

/** A run as those see it who watch. Milliseconds of a monotonic clock. */
export interface LiveRun {
  /** What is being done when no cell is under way. */
  readonly stage: string;
  /** null before the cells are planned. */
  readonly plan: { readonly cells: number; readonly atMs: number } | null;
  readonly done: { readonly valid: number; readonly suspect: number; readonly invalid: number };
  /** As estimated last, and when. */
  readonly remaining: { readonly atMs: number; readonly durationMs: number } | null;
  readonly current: CellUnderWay | null;
}
