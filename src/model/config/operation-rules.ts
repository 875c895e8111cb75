import { z } from 'zod';
import { expectationSchema } from './expectation.js';
import { valueRuleSchema } from './value-rule.js';

/** How much of an object body is sent. */
export const bodyModeSchema = z.enum(
  ['required', 'default', 'full'],
  'expected required, default (also what has an example or a default) or full',
);
export type BodyMode = z.infer<typeof bodyModeSchema>;

export const MOST_VARIANTS = 10_000;
export const variantsSchema = z.int().min(1).max(MOST_VARIANTS);

export const headersSchema = z.record(
  z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected the name of a header'),
  z.string().regex(/^[^\r\n]*$/, 'expected text on one line'),
);

const dataRuleSchema = z.strictObject({
  file: z.string().min(1).describe('CSV with a header row, JSON (a list of objects) or NDJSON'),
  order: z
    .enum(['sequential', 'random', 'unique'], 'expected sequential, random or unique')
    .default('sequential')
    .describe('rows in turn, in seeded order, or in turn and each only once'),
  map: z
    .record(z.string(), z.string())
    .optional()
    .describe('column by key: { body.name: name }; without it, columns are named like keys'),
});
export type DataRule = z.infer<typeof dataRuleSchema>;

const operationRuleSchema = z.strictObject({
  values: z.record(z.string(), valueRuleSchema).optional().describe('as `values` of the scenario'),
  headers: headersSchema.optional().describe('added to the headers of the scenario'),
  body: z.unknown().optional().describe('the whole body; values of body.* apply on top'),
  expect: expectationSchema.optional().describe('as in `expect` of the scenario'),
  data: dataRuleSchema.optional().describe('values from a file: one row makes one request'),
});
/** What the user says of some operations. */
export type OperationRule = z.infer<typeof operationRuleSchema>;

/** By selector; of two that say the same the later one counts. */
export const operationRulesSchema = z.record(z.string(), operationRuleSchema);
export type OperationRules = z.infer<typeof operationRulesSchema>;
