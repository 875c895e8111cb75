import { z } from 'zod';
import type { RunRecord } from './run-record.js';

/** Readers refuse other versions; within one, keys may be added, never renamed or removed. */
export const NOISE_FLOOR_VERSION = 1;

const count = z.number().int().nonnegative();

/** Of a load: its share of the highest rate that the target kept up with. */
export const LOAD_BANDS = ['low', 'medium', 'high'] as const;
const bandSchema = z.enum(LOAD_BANDS);
export type LoadBand = z.infer<typeof bandSchema>;

const MEDIUM_FROM = 0.4;
const HIGH_FROM = 0.7;

/** `share`: of the highest rate that the target kept up with, 0 to 1 and beyond. */
export function loadBandOf(share: number): LoadBand {
  if (share < MEDIUM_FROM) return 'low';
  return share < HIGH_FROM ? 'medium' : 'high';
}

const machineSchema = z.object({
  host: z.string(),
  cpuModel: z.string(),
  cores: count,
  node: z.string().describe('version of Node.js: v22.1.0'),
});
/** What a noise floor holds for: another machine, or Node.js of another major version, has another. */
export type MeasuredMachine = z.infer<typeof machineSchema>;

const bandFloorSchema = z.object({
  figure: z.string().describe('its id: `p99`'),
  band: bandSchema.nullable().describe('null = of loads that have no rate to reach, or of one rate alone'),
  sdLog: z
    .number()
    .nonnegative()
    .describe('standard deviation of the natural logarithm of the figure between runs of the same'),
  repeats: count.describe('runs'),
  cells: count.describe('cells of each run of which the variances were pooled'),
  degreesOfFreedom: count.describe('of sdLog'),
});
export type BandFloor = z.infer<typeof bandFloorSchema>;

const falseAlarmsSchema = z.object({
  comparisons: count.describe('of some of the runs with others, drawn without order'),
  repeats: count.describe('runs on each side'),
  cells: count.describe('of each comparison'),
  withRegressed: count.describe('comparisons in which any cell was REGRESSED; all of them are false'),
  withImproved: count,
});
export type FalseAlarms = z.infer<typeof falseAlarmsSchema>;

const detectableSchema = z.object({
  figure: z.string(),
  band: bandSchema.nullable(),
  percent: z.number().describe('how much worse'),
  repeats: count
    .nullable()
    .describe('runs on each side that find it in four of five comparisons; null = more than are practical'),
});
export type Detectable = z.infer<typeof detectableSchema>;

/** What `bench calibrate` finds: how far figures lie apart on this machine when nothing has changed. */
export const noiseFloorSchema = z.object({
  schemaVersion: z.literal(NOISE_FLOOR_VERSION),
  tool: z.object({ name: z.literal('openapi-bench'), version: z.string() }),
  machine: machineSchema,
  measuredAt: z.iso.datetime(),
  scenario: z.string().describe('what was loaded'),
  runs: count.describe('runs of the same that were measured'),
  figures: z.array(bandFloorSchema),
  falseAlarms: falseAlarmsSchema
    .nullable()
    .describe('what comparisons of these runs with one another said; null = too few runs to tell'),
  detectable: z.array(detectableSchema),
});
export type NoiseFloor = z.infer<typeof noiseFloorSchema>;

/**
 * SD of the logarithm of a figure between runs; where the band is not known or was not measured, the highest of those
 * that were. Undefined for a figure that was not calibrated.
 */
export function noiseOf({ figures }: NoiseFloor, figure: string, band: LoadBand | null): number | undefined {
  const ofFigure = figures.filter((one) => one.figure === figure);
  const exact = band === null ? undefined : ofFigure.find((one) => one.band === band);
  if (exact) return exact.sdLog;
  return ofFigure.length === 0 ? undefined : Math.max(...ofFigure.map(({ sdLog }) => sdLog));
}

/** The machine on which a run was measured. */
export function machineOf({ owner, environment }: Pick<RunRecord, 'owner' | 'environment'>): MeasuredMachine {
  const { cpuModel, cores, node } = environment;
  return { host: owner.host, cpuModel, cores, node };
}

/** Why a noise floor says nothing of what a machine measures, to end a sentence; undefined where it does. */
export function whyOfAnother(floor: MeasuredMachine, machine: MeasuredMachine): string | undefined {
  if (floor.host !== machine.host) return `it is of the machine ${floor.host}, not of ${machine.host}`;
  if (floor.cpuModel !== machine.cpuModel)
    return `it is of another processor (${floor.cpuModel}, not ${machine.cpuModel})`;
  if (floor.cores !== machine.cores) return `it is of ${floor.cores} cores, not of ${machine.cores}`;
  if (majorOf(floor.node) !== majorOf(machine.node))
    return `it is of Node.js ${floor.node}, not of ${machine.node}`;
  return undefined;
}

function majorOf(version: string): string {
  return version.split('.')[0] ?? version;
}
