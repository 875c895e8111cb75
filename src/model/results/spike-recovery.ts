import { z } from 'zod';

const figure = z.number().nullable();

/** How long a target took after a spike of the load to be as it was before it. */
export const spikeRecoverySchema = z.object({
  spike: z
    .object({ startMs: z.number(), endMs: z.number() })
    .describe('from the end of the level before it to the end of the way down, since the window opened'),
  before: z
    .object({ seconds: z.number(), p95Ms: z.number(), inFlight: z.number() })
    .nullable()
    .describe('the median second of the 30 s before the spike, or of as many as there are'),
  seconds: figure.describe(
    'from the end of the way down to the first of five consecutive seconds (joined until 20 requests ended in them) whose p95 and in-flight are at most 1.2 × those before; null = not seen, or not known',
  ),
  moreThanSeconds: figure.describe('where it was not seen: the end of the last second that was not so'),
  reason: z.string().nullable().describe('why nothing is known of it'),
});
export type SpikeRecovery = z.infer<typeof spikeRecoverySchema>;
