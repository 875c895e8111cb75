import { z } from 'zod';
import { answerCheckSchema } from '../requests/answer-check.js';

const count = z.number().int().nonnegative();
const figure = z.number().nullable();

export const latencyFiguresSchema = z.object({
  min: figure,
  mean: figure,
  stdev: figure,
  p50: figure,
  p75: figure,
  p90: figure,
  p95: figure,
  p99: figure,
  p999: figure,
  max: figure,
  censored: count.describe('requests of which only a lower bound is known: they never ended'),
  lowerBounds: z.array(z.string()).describe('figures that are therefore only lower bounds'),
});

export const countsSchema = z
  .object({
    planned: count,
    sent: count,
    completed: count,
    succeeded: count,
    failed: count,
    timedOut: count,
    dropped: count,
    unfinished: count,
  })
  .describe('planned = succeeded + failed + timedOut + dropped + unfinished');

export const statusCodesSchema = z.record(z.string(), count);
export const failuresSchema = z
  .record(z.string(), count)
  .describe('network failures and failed checks by kind');
export const bytesSchema = z.object({ received: count, sent: count }).describe('bodies only');

/** One operation of a cell that asks several. */
export const operationRecordSchema = z.object({
  expect: answerCheckSchema.optional().describe('what its answers had to be; left out = a 2xx'),
  counts: countsSchema,
  achievedRps: z.number().describe("its successes in the same time as those of the cell's achievedRps"),
  statusCodes: statusCodesSchema,
  failures: failuresSchema,
  bytes: bytesSchema,
  latencyMs: z.object({ response: latencyFiguresSchema }),
  histograms: z.object({ response: z.string(), responseCensored: z.string() }),
});
export type OperationRecord = z.infer<typeof operationRecordSchema>;

export type LatencyFigures = z.infer<typeof latencyFiguresSchema>;
