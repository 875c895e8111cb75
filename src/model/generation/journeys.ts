import { z } from 'zod';
import { thinkTimeSchema } from '../loads/think-time.js';
import { captureSchema } from '../requests/capture.js';
import { gapsSchema } from '../requests/gaps.js';
import { requestBlueprintSchema } from '../requests/request.js';

/** One request of a journey, as each user sends it. */
const journeyStepSchema = z.strictObject({
  /** Which of the share's operations it asks. */
  operation: z.int().nonnegative(),
  /** Those of a user's row: one of them, the same in each step where there are as many. */
  requests: z
    .array(
      z.strictObject({
        blueprint: requestBlueprintSchema,
        /** Where it holds values that earlier answers gave this user. */
        gaps: gapsSchema,
      }),
    )
    .min(1),
  /** What its answer gives later requests of the same user. */
  captures: z.array(
    z.strictObject({
      key: z.string(),
      from: captureSchema,
      /** What stands before and after the value: `Bearer `; null = the value alone, with its type. */
      around: z.tuple([z.string(), z.string()]).nullable(),
    }),
  ),
  /** After it; null = none. */
  think: thinkTimeSchema.nullable(),
});
export type JourneyStep = z.infer<typeof journeyStepSchema>;

/** What each user does, again and again. */
export const sharedJourneysSchema = z.strictObject({
  /** Once for each user, before its first journey. */
  onStart: z.array(journeyStepSchema),
  /** A user takes one of them by weight. */
  journeys: z
    .array(z.strictObject({ weight: z.number().positive(), steps: z.array(journeyStepSchema).min(1) }))
    .min(1),
});
export type SharedJourneys = z.infer<typeof sharedJourneysSchema>;
