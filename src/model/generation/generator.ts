import { z } from 'zod';
import { answerCheckSchema } from '../requests/answer-check.js';
import { loadSchema } from '../loads/index.js';
import { sharedJourneysSchema } from './journeys.js';
import { measurementsSchema } from './measurements.js';
import { requestBlueprintSchema } from '../requests/request.js';

/** What one generator is to do in one cell: crosses threads, so it is plain data. */
export const generatorShareSchema = z.strictObject({
  load: loadSchema,
  /** This generator takes every request whose index is `index` modulo `of`. */
  part: z.strictObject({ index: z.number().int().nonnegative(), of: z.number().int().positive() }),
  address: z.strictObject({
    /** `http://host:port` or `https://host:port`. */
    origin: z.string(),
    /** A Unix socket to connect to in place of the origin's host and port. */
    socketPath: z.string().nullable(),
    /** Whether an untrusted TLS certificate is accepted. */
    acceptsAnyCertificate: z.boolean(),
    /** Whether a connection carries more than one request. */
    keepAlive: z.boolean(),
  }),
  /** Which implementation sends. */
  client: z.enum(['wire', 'undici']),
  /** Over HTTP/2, which is undici's; left out = HTTP/1.1. */
  http2: z
    .strictObject({
      /** Most requests at once on one connection, as the server allows. */
      mostStreams: z.number().int().positive(),
    })
    .optional(),
  /** What is asked. With several, each request asks one of them by weight. */
  operations: z
    .array(
      z.strictObject({
        /** Request i of the whole load is blueprint i modulo their number. */
        blueprints: z.array(requestBlueprintSchema).min(1),
        /** What answers must be; left out = 2xx. */
        check: answerCheckSchema.optional(),
        /** Its part of the requests is its weight divided by the sum of all. */
        weight: z.number().positive(),
      }),
    )
    .min(1),
  /** Of users who send their requests in an order of their own; left out = they take operations by weight. */
  journeys: sharedJourneysSchema.optional(),
  /** The operation of a request is a function of this seed and its index in the whole load. */
  seed: z.int().nonnegative(),
  /** The serial numbers of the first requests, for all generators; those that follow count on. */
  firstSerial: z.strictObject({ warmup: z.int().nonnegative(), window: z.int().nonnegative() }),
  /** Counted from due. */
  timeoutMs: z.number().positive(),
  maxConnections: z.number().int().positive(),
  maxQueue: z.number().int().nonnegative(),
  pacing: z.enum(['precise', 'relaxed']),
  /** Whether its process runs before all else on this machine; left out = no. */
  isRealTime: z.boolean().optional(),
  warmup: z.strictObject({
    durationMs: z.number().nonnegative(),
    connections: z.number().int().positive(),
    ratePerSecond: z.number().positive(),
  }),
});
export type GeneratorShare = z.infer<typeof generatorShareSchema>;
/** Where requests go, and how its connections are made. */
export type Address = GeneratorShare['address'];

export const phaseSchema = z.enum(['warm-up', 'window', 'drain']);

/** The state of a cell while it runs, for progress only. Counts are totals since the window opened. */
const partialTickSchema = z.strictObject({
  phase: phaseSchema,
  /** The second of the phase's clock that has just ended; window and drain count as one. */
  second: z.int().nonnegative(),
  elapsedMs: z.number(),
  released: z.number(),
  sent: z.number(),
  succeeded: z.number(),
  /** All that ended without success, of whatever kind. */
  failed: z.number(),
  /** Of those, the ones that had waited for as long as they may. */
  timedOut: z.number(),
  /** Sent and not ended. */
  inFlight: z.number(),
  /** [bucket number, count] of the response times since the last tick, as in the per-second series. */
  answers: z.array(z.tuple([z.number(), z.number()])),
});
export type PartialTick = z.infer<typeof partialTickSchema>;

/** A tick with its quantiles, null without answers. */
export interface Tick extends Omit<PartialTick, 'answers'> {
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

export const generatorEventSchema = z.discriminatedUnion('kind', [
  /** Warmed up and connected: waits for the instant at which the window opens. */
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('tick'), tick: partialTickSchema }),
  z.strictObject({ kind: z.literal('finished'), measurements: measurementsSchema }),
  z.strictObject({ kind: z.literal('failed'), message: z.string() }),
]);
export type GeneratorEvent = z.infer<typeof generatorEventSchema>;

/** Instants of the shared monotonic clock, in microseconds. */
export interface WindowTimes {
  /** When the window opens; known after `ready`. */
  readonly opens: Promise<number>;
  /** When it closes before its time; most never do. */
  readonly closesEarly: Promise<number>;
}

export function wholeWindow(opens: Promise<number>): WindowTimes {
  return { opens, closesEarly: new Promise<never>(() => {}) };
}

/** Where load is made: this thread, another process, another machine. */
export interface Generator {
  readonly name: string;
  /** Ends after `finished` or `failed`; an abort ends it early, without either. */
  run(share: GeneratorShare, signal: AbortSignal, window: WindowTimes): AsyncIterable<GeneratorEvent>;
  close(): Promise<void>;
}
