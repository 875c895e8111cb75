import { z } from 'zod';

export const OPERATORS = ['<', '<=', '>', '>='] as const;

/** What is good enough: a figure of each cell that it is about, held against a limit. */
export const objectiveSchema = z.strictObject({
  text: z.string().describe('as it was asked for: GET /items p95 < 300ms'),
  scope: z
    .string()
    .nullable()
    .describe(
      'the operations that it is about: operationId, METHOD /path or tag; null = each cell as a whole',
    ),
  figure: z.string().describe('the id of the figure: p95, failure-share'),
  operator: z.enum(OPERATORS),
  limit: z.number().nonnegative().describe('in the unit'),
  unit: z.string().describe('in which the figure is shown; empty for a number of things'),
  load: z
    .strictObject({
      size: z.number().positive(),
      of: z.enum(['rate', 'users', 'concurrency']),
    })
    .nullable()
    .describe('the load that it is about; null = every load'),
});
export type Objective = z.infer<typeof objectiveSchema>;
export type Operator = Objective['operator'];
