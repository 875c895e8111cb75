import { z } from 'zod';
import { objectiveSchema } from './objective.js';

/** What came of an objective in one cell, or for one operation of a mixture. */
const outcomeSchema = z.strictObject({
  cell: z.string().describe('its id'),
  operation: z
    .string()
    .nullable()
    .describe('of a mixture, the operation that it is about; null = the cell as a whole'),
  value: z.number().nullable().describe('of the figure, in the unit of the objective; null = not known'),
  isLowerBound: z.boolean().describe('whether the true value may be higher, as some requests never ended'),
  state: z
    .enum(['passed', 'failed', 'undecided', 'invalid'])
    .describe(
      'undecided: too little is known. invalid: the generator was the limit, so it neither passed nor failed',
    ),
  why: z.string().nullable().describe('what is missing for a decision; null = nothing'),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** An objective and what came of it, in the order of the cells. */
export const judgedObjectiveSchema = objectiveSchema.extend({ outcomes: z.array(outcomeSchema) });
export type JudgedObjective = z.infer<typeof judgedObjectiveSchema>;
