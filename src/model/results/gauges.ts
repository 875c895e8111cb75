import { z } from 'zod';
import type { ByProcess } from './by-process.js';
import type { CellQuotas } from './cpu-quota.js';
import type { DatabaseDetails } from './database-details.js';
import type { ProbeCosts } from './probe-costs.js';

const count = z.number().int().nonnegative();
const figure = z.number().nullable();

/** What a gauge came to over the window. */
const gaugeSummarySchema = z.object({
  title: z.string().describe('for people, without the owner, with which the id begins'),
  unit: z.string().describe('`%`, `bytes`, `ms` or any other; empty for a number of things'),
  mean: figure.describe('null = not known, as in results of version 1 for some'),
  max: z.number(),
  growthPerMinute: figure.describe('least squares; null for less than a minute, and for rates'),
  samples: count.describe('looks behind it'),
});
export type GaugeSummary = z.infer<typeof gaugeSummarySchema>;

/** By the id of the gauge: `target.cpu`, `target.memory`. */
export const gaugeSummariesSchema = z.record(z.string(), gaugeSummarySchema);
export type GaugeSummaries = z.infer<typeof gaugeSummariesSchema>;

/** One look at all gauges. */
export const gaugeSampleSchema = z.strictObject({
  /** From the opening of the measured window. */
  elapsedMs: z.number(),
  /** By the id of the gauge; one that was not known at this look is left out. */
  values: z.record(z.string(), z.number()),
});
export type GaugeSample = z.infer<typeof gaugeSampleSchema>;

/** The ids of the processes to look at, as they are now. */
export type ListProcesses = () => readonly number[];

/** What a process holds of the sockets at the target's port. */
export interface HeldSockets {
  readonly pid: number;
  readonly established: number;
  readonly isListening: boolean;
}

/** What each of some processes holds; takes milliseconds where there are a thousand connections. */
export type HoldSockets = (pids: readonly number[]) => readonly HeldSockets[];

/** What probes tell of a cell beside their gauges, as keys of its record; what is not known is left out. */
export interface ProbeFacts extends DatabaseDetails {
  readonly cpuQuota?: CellQuotas;
  readonly byProcess?: ByProcess;
}

/** Why a share is not known, where nothing of either came: no fault, and nothing to be told of. */
export const NOTHING_TO_COUNT = 'nothing of it came in the window';

/** What the gauges said over the measured window. */
export interface GaugeReadings {
  readonly summaries: GaugeSummaries;
  /** Why a gauge has no summary, by its id. */
  readonly missing: Readonly<Record<string, string>>;
  /** Why a gauge was not known at some of the looks, by its id. */
  readonly partly: Readonly<Record<string, string>>;
  /** What is no gauge. */
  readonly samples: readonly GaugeSample[];
  /** The gauges whose course is charted second by second. */
  readonly charted: readonly string[];
  /** Of rates, what they add up to over the window: of CPU, milliseconds. */
  readonly totals: Readonly<Record<string, number>>;
  readonly facts: ProbeFacts;
  readonly costs: ProbeCosts;
}
