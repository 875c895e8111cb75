import { z } from 'zod';
import type { Operation } from '../requests/request.js';

/** Whether each operation is asked once before the load, and what follows from it. */
export const PREFLIGHT_MODES = ['off', 'warn', 'strict'] as const;
export type PreflightMode = (typeof PREFLIGHT_MODES)[number];

const preflightStateSchema = z.enum([
  'ok',
  'missing-auth',
  'missing-test-data',
  'method-not-allowed',
  'validation',
  'unsupported-media',
  'rate-limited',
  'server-error',
  'no-answer',
  'wrong-answer',
]);
export type PreflightState = z.infer<typeof preflightStateSchema>;

/** What a request needed beyond what the document asks for, to be accepted. */
const adjustmentSchema = z.enum(['full-body', 'fewer-fields', 'any-version', 'content-type', 'own-values']);
export type Adjustment = z.infer<typeof adjustmentSchema>;

/** What came of the one request that an operation was asked with before the load. */
export const preflightResultSchema = z.object({
  operation: z.object({ id: z.string(), method: z.string(), path: z.string() }),
  state: preflightStateSchema,
  status: z.number().int().nullable().describe('null = no answer'),
  reason: z.string().nullable().describe("the server's own words, one line, secrets masked"),
  fields: z
    .array(z.string())
    .describe('what it complained of: body.name, query.limit; a name alone where it does not say where'),
  answeredMs: z.number().optional().describe('from its sending to the end of its answer'),
  isStream: z
    .literal(true)
    .optional()
    .describe('the answer does not end by itself: bench ended it, and answeredMs is to its first event'),
  adjustments: z
    .array(adjustmentSchema)
    .optional()
    .describe(
      'without which it is refused, and with which the load is sent: full-body = all fields of its body, fewer-fields = without some that are optional, any-version = If-Match: *, content-type = JSON without a body, own-values = see unique',
    ),
  unique: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'values that the server takes once only, by key: what each request is sent, with a number for {n}',
    ),
  remedy: z.string().nullable().describe('what to add to the scenario file, as YAML'),
});
export type PreflightResult = z.infer<typeof preflightResultSchema>;

/** The result of an operation; documents give one operationId to several. */
export function resultOf(
  results: readonly PreflightResult[],
  { method, path }: Pick<Operation, 'method' | 'path'>,
): PreflightResult | undefined {
  return results.find(({ operation }) => operation.method === method && operation.path === path);
}
