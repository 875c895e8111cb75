import { z } from 'zod';
import { liveCellSchema, liveSecondSchema } from './live-run.js';
import { cellRecordSchema } from '../results/cell-record.js';
import { runRecordSchema, SCHEMA_VERSION } from '../results/run-record.js';

const count = z.int().nonnegative();
const at = z.iso.datetime().describe('when it was told');

/** One line of `bench run --events`. */
export const streamEventSchema = z.discriminatedUnion('event', [
  z
    .object({
      event: z.literal('run-started'),
      at,
      schemaVersion: z.literal(SCHEMA_VERSION),
      tool: runRecordSchema.shape.tool,
      command: runRecordSchema.shape.command,
      folder: z.string().describe('the results directory'),
    })
    .describe('the first one'),
  z
    .object({
      event: z.literal('planned'),
      at,
      cells: count,
      expectedMs: z.number().describe('how long they will take'),
    })
    .describe('once the target is ready and its operations are known'),
  z.object({
    event: z.literal('cell-started'),
    at,
    ...liveCellSchema.shape,
    number: count.describe('its place in the run, from 1'),
    cells: count,
  }),
  z
    .object({
      event: z.literal('second'),
      at,
      id: liveCellSchema.shape.id,
      name: liveCellSchema.shape.name,
      ...liveSecondSchema.shape,
    })
    .describe(
      'what happened in a cell since the second before; over window and drain of a cell sent, succeeded ' +
        'and failed add up to its counts, unless a generator thread died',
    ),
  z
    .object({ event: z.literal('cell'), at, cell: cellRecordSchema.omit({ histograms: true }) })
    .describe('a finished cell as in results.json, without its histograms'),
  z
    .object({
      event: z.literal('run-finished'),
      at,
      status: runRecordSchema.shape.status,
      failure: runRecordSchema.shape.failure,
      exitCode: count,
      folder: z.string(),
    })
    .describe('the last one'),
]);
export type StreamEvent = z.infer<typeof streamEventSchema>;
