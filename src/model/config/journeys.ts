import { z } from 'zod';
import { populationOf, type Load } from '../loads/index.js';
import type { ThinkTime } from '../loads/think-time.js';
import { thinkTimeKey } from '../loads/think-words.js';
import type { JourneyStep } from '../generation/journeys.js';
import { captureKeySchema, captureSchema } from './setup-step.js';
import { valueRuleSchema, type ValueRule } from './value-rule.js';
import { MOST_WEIGHT } from './weights.js';

const CAPTURE =
  'expected a JSON pointer such as /id, a text with one in braces such as Bearer {/token}, { header: name } or { pointer: …, for: operations }';
/** `Bearer {/access_token}`. */
const AROUND = /^([^{}]*)\{(\/[^{}]*)\}([^{}]*)$/s;

const captureInTextSchema = z.union(
  [
    captureSchema,
    z.string().regex(AROUND).describe('a text in which the value at the pointer in braces is put in'),
  ],
  CAPTURE,
);

/** One request of a journey: an operation, or with what is sent and what is kept of its answer. */
const stepSchema = z.union(
  [
    z.string().min(1).describe('an operationId or "POST /path"'),
    z.strictObject({
      call: z.string().min(1).describe('an operationId or "POST /path"'),
      values: z
        .record(z.string(), valueRuleSchema)
        .optional()
        .describe('for this step alone, as the key of the same name above'),
      capture: z
        .record(captureKeySchema, captureInTextSchema)
        .optional()
        .describe(
          'values of the answer for later requests of the same user, by the key that gets them: path.item_id: /id; of several that * finds, users take one in turn',
        ),
      think: thinkTimeKey,
    }),
  ],
  'expected an operation, or { call: …, values: …, capture: …, think: … }',
);
export type JourneyStepEntry = z.infer<typeof stepSchema>;

/** The keys of a scenario file. */
export const journeyKeys = {
  onStart: z
    .array(stepSchema)
    .default([])
    .describe('what each user sends once, before its first journey: here it signs in'),
  journeys: z
    .array(
      z.strictObject({
        name: z.string().min(1).describe('for messages'),
        weight: z
          .number()
          .min(0)
          .max(MOST_WEIGHT)
          .default(1)
          .describe('how often users take it, to the others [1]'),
        think: thinkTimeKey.describe('after each of its requests [that of load]'),
        steps: z
          .array(stepSchema)
          .min(1, 'expected one step at least')
          .describe('requests, one after the other'),
      }),
    )
    .superRefine((journeys, context) => {
      const names = journeys.map(({ name }) => name);
      for (const [at, name] of names.entries())
        if (names.indexOf(name) < at)
          context.addIssue({
            code: 'custom',
            path: [at, 'name'],
            message: `expected another name than ${name}, which an earlier journey has`,
          });
      if (journeys.length > 0 && journeys.every(({ weight }) => weight === 0))
        context.addIssue({ code: 'custom', message: 'expected one journey with a weight above 0' });
    })
    .default([])
    .describe(
      'what users do, request after request, with values from one answer to the next; for load.users',
    ),
};

/** What a step takes of its answer. */
export interface JourneyCapture extends Pick<JourneyStep['captures'][number], 'from' | 'around'> {
  readonly key: string;
  /** A selector of operations; null = all that have the key. */
  readonly only: string | null;
}

/** A step with everything said. */
export interface PlannedStep {
  readonly call: string;
  readonly values: Readonly<Record<string, ValueRule>>;
  readonly captures: readonly JourneyCapture[];
  readonly think: ThinkTime | null;
}

export interface PlannedJourney {
  readonly name: string;
  readonly weight: number;
  readonly steps: readonly PlannedStep[];
}

export interface JourneysConfig {
  readonly onStart: readonly PlannedStep[];
  readonly journeys: readonly PlannedJourney[];
}

/** The parts of a captured text around its pointer; undefined where it is a pointer alone. */
export function partsOfText(text: string): { pointer: string; around: [string, string] } | undefined {
  const [, before = '', pointer, after = ''] = AROUND.exec(text) ?? [];
  return pointer === undefined ? undefined : { pointer, around: [before, after] };
}

/** The journeys that users take; null where the load has no users who come and go, or there are none. */
export function journeysTaken({
  journeys,
  loads,
}: {
  readonly journeys: JourneysConfig | null;
  readonly loads: readonly Load[];
}): JourneysConfig | null {
  return loads.every((load) => populationOf(load)?.requests === null) ? journeys : null;
}
