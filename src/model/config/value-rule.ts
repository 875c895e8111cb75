import { z } from 'zod';

/** What a file can say of one value. */
export const scalarSchema = z.union(
  [z.string(), z.number(), z.bigint(), z.boolean()],
  'expected text, a number, true or false',
);
const VALUE_RULE = 'expected a value, { range: [from, to] }, { oneOf: [value, …] } or { omit: true }';
/** How the values of one parameter or body field are made. */
export const valueRuleSchema = z.union(
  [
    z.strictObject({
      range: z
        .tuple([z.int(), z.int()], 'expected two whole numbers: [from, to]')
        .refine(([from, to]) => from <= to, 'expected the lower end first')
        .describe('whole numbers from … to …, both included, spread evenly'),
    }),
    z.strictObject({ omit: z.literal(true, 'expected true').describe('left out of the request') }),
    z.strictObject({ oneOf: z.array(scalarSchema).min(1).describe('these values in turn') }),
    scalarSchema.describe(
      'always this value; {n} in a text is another number in each request, {n:8} one of 8 digits',
    ),
  ],
  VALUE_RULE,
);
export type ValueRule = z.infer<typeof valueRuleSchema>;
