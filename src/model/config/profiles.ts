import { z } from 'zod';
import { casesSchema } from './cases.js';
import { scenarioLoadSchema } from './scenario-load.js';

/** A word that a command line takes as the value of an option. */
const PROFILE_NAME = /^[^\s-]\S*$/;

/** Loads and objectives by name, for `bench run --profile`. */
export const profilesSchema = z.record(
  z.string().regex(PROFILE_NAME, 'expected a name without spaces that does not begin with -'),
  z.strictObject({
    description: z.string().optional().describe('one sentence for people'),
    load: scenarioLoadSchema
      .optional()
      .describe(
        'over `load`: a kind of load such as rates or users replaces its kind, other keys one by one',
      ),
    objectives: z
      .array(z.string().min(1))
      .optional()
      .describe('what is good enough with this profile, in place of `objectives`'),
    cases: casesSchema.optional().describe('what the server may use, in place of `cases`'),
  }),
);
