import { z } from 'zod';
import type { DatabaseDetails } from './database-details.js';

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
  readonly details: DatabaseDetails;
  readonly samples: readonly GaugeSample[];
  /** The gauges whose course is charted second by second. */
  readonly charted: readonly string[];
  /** Of rates, what they add up to over the window: of CPU, milliseconds. */
  readonly totals: Readonly<Record<string, number>>;
}

/** How busy the whole machine was in the window; null where the system does not tell. */
export interface HostLoad {
  readonly cpuPercent: number | null;
  readonly stealPercent: number | null;
}
