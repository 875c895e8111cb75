import { z } from 'zod';
import { failedAnswerSchema } from './failed-answer.js';

const count = z.number().int().nonnegative();

/** A histogram that can be merged, with the exact moments that its buckets round away. Microseconds. */
const distributionSchema = z.strictObject({
  count,
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number(),
  /** Sum of squared deviations from the mean. */
  squares: z.number(),
  /** HDR V2, compressed, base64. */
  histogram: z.string(),
});
export type Distribution = z.infer<typeof distributionSchema>;

/** Observed values, and those only known to be at least their age (`censored`). */
const latencySnapshotSchema = z.strictObject({
  observed: distributionSchema,
  censored: distributionSchema,
});
export type LatencySnapshot = z.infer<typeof latencySnapshotSchema>;

const stampSnapshotSchema = z.strictObject({
  response: latencySnapshotSchema,
  service: latencySnapshotSchema,
  sendLag: latencySnapshotSchema,
  queueWait: latencySnapshotSchema,
  /** Response times of the successes alone; `response.observed` holds them too. */
  succeeded: distributionSchema,
});
export type StampSnapshot = z.infer<typeof stampSnapshotSchema>;

const outcomesSchema = z.strictObject({
  planned: count,
  sent: count,
  completed: count,
  succeeded: count,
  completedInWindow: count,
  succeededInWindow: count,
  /** When the last one ended, in microseconds from the window's opening. */
  lastDoneUs: z.number(),
  failed: count,
  timedOut: count,
  dropped: count,
  unfinished: count,
  statusCodes: z.record(z.string(), count),
  failures: z.record(z.string(), count),
  bytesReceived: count,
  bytesSent: count,
});
export type Outcomes = z.infer<typeof outcomesSchema>;

/** Of one operation of a cell that has several. */
const operationFiguresSchema = z.strictObject({
  outcomes: outcomesSchema,
  response: latencySnapshotSchema,
  /** By when they were answered, as in the flow. */
  succeeded: z.array(count),
});
export type OperationFigures = z.infer<typeof operationFiguresSchema>;

/** Of the requests that were due in a part of the window. */
const spanFiguresSchema = operationFiguresSchema.omit({ succeeded: true }).extend({
  /** Successes that came in it, whenever they were due. */
  succeededWithin: count,
});
export type SpanFigures = z.infer<typeof spanFiguresSchema>;

/** What fell due, ended and succeeded in each thousandth of the window. */
const flowSchema = z.strictObject({
  due: z.array(count),
  /** Of whatever kind; none after the window. */
  ended: z.array(count),
  /** By when they were answered; goes on for a tenth of the window after its end. */
  succeeded: z.array(count),
  /** [bucket number, count] of the response times of answers to requests that were due in the first fifth. */
  firstResponses: z.array(z.tuple([count, count])),
});
export type Flow = z.infer<typeof flowSchema>;

const secondSchema = z.strictObject({
  sent: count,
  succeeded: count,
  failed: count,
  /** Requests that had been sent and ended in this second. */
  sentAndEnded: count,
  /** [bucket number, count] of the response times of answers completed in this second. */
  buckets: z.array(z.tuple([count, count])),
});
export type Second = z.infer<typeof secondSchema>;

/** What the generator says of itself. */
const auditSchema = z.strictObject({
  released: count,
  /** Answers by response-time bucket, and those of them that the generator's lag has marked. */
  lagHeavy: z.array(z.tuple([count, count, count])),
});
export type Audit = z.infer<typeof auditSchema>;

/** What one generator thread counted about itself outside the samples. */
const threadAuditSchema = z.strictObject({
  /** Share of the window in which its event loop was at work, 0 to 1; spinning for the next instant is no work. */
  busyShare: z.number(),
  /** CPU time of its whole process in the window, spinning included, in milliseconds. */
  cpuMs: z.number(),
  /** Resident memory of its process at the window's end. */
  memoryBytes: count,
  /** Pauses for garbage collection in the window. */
  gc: z.strictObject({ pauses: count, totalMs: z.number(), maxMs: z.number() }),
  /** |real − planned| gap between the releases of two successive requests of this thread. */
  gapErrorUs: distributionSchema,
  /** Why it ended before its time; null when it did not. */
  death: z.string().nullable(),
  connectionsOpened: count,
  /** Of these, during the measured window. */
  connectionsOpenedInWindow: count,
  /** Who ended connections during the measured window and its drain. */
  connectionEndsInWindow: z.strictObject({ byTarget: count, byBench: count, afterTimeout: count }),
  connectionLimitReached: z.boolean(),
  longestQueue: count,
});
export type ThreadAudit = z.infer<typeof threadAuditSchema>;

/** All that one generator measured of one cell. */
export const measurementsSchema = z.strictObject({
  stamps: stampSnapshotSchema,
  outcomes: outcomesSchema,
  flow: flowSchema,
  seconds: z.array(secondSchema),
  audit: auditSchema,
  /** In the order of the share's operations; empty where there is one, since all the others are its figures. */
  byOperation: z.array(operationFiguresSchema),
  /** While all users of a closed loop were at work; null where that is the whole window, or no aim. */
  withAllUsers: spanFiguresSchema.nullable(),
  /** One of each operation and way to fail. */
  failedAnswers: z.array(failedAnswerSchema),
  threads: z.array(threadAuditSchema),
});
export type Measurements = z.infer<typeof measurementsSchema>;
