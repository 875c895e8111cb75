import { z } from 'zod';
import { valueRuleSchema, type ValueRule } from './value-rule.js';

const POINTER = 'expected a JSON pointer such as /id or /items/*/id';
const KEY = 'expected a place and a name, such as path.item_id or body.owner';
/** What gets a captured value. */
export const captureKeySchema = z.string().regex(/^(path|query|header|cookie|body)\../, KEY);
const CAPTURE = `${POINTER}, { header: name } or { pointer: …, for: operations }`;
const MOST_TIMES = 10_000;

const pointer = z.string(POINTER).regex(/^(\/([^~]|~[01])*)?$/, POINTER);
const selector = z
  .string()
  .min(1)
  .optional()
  .describe('only for operations of this operationId, "METHOD /path" or tag [all that have the key]');
export const captureSchema = z.union(
  [
    pointer.describe('where in the answer the value is; * stands for every element of a list'),
    z.strictObject({
      header: z
        .string()
        .min(1)
        .describe('the value is in this header; of Location the last part of the path'),
      for: selector,
    }),
    z.strictObject({
      pointer: pointer.describe('where in the answer the value is; * stands for every element of a list'),
      for: selector,
    }),
  ],
  CAPTURE,
);
type Capture = z.infer<typeof captureSchema>;

/** One step of the set-up: an operation, or with how often, with what, and what to keep of its answers. */
export const setupStepSchema = z.union(
  [
    z.string().min(1).describe('an operationId or "POST /path", sent once'),
    z.strictObject({
      call: z.string().min(1).describe('an operationId or "POST /path"'),
      times: z.int().min(1).max(MOST_TIMES).optional().describe('how often it is sent [1]'),
      values: z
        .record(z.string(), valueRuleSchema)
        .optional()
        .describe('for this step alone, as the key of the same name above'),
      capture: z
        .record(captureKeySchema, captureSchema)
        .optional()
        .describe('values to keep of the answers, by the key that gets them: path.item_id: /id'),
    }),
  ],
  'expected an operation, or { call: …, times: …, values: …, capture: … }',
);
export type SetupEntry = z.infer<typeof setupStepSchema>;

/** A step with everything said. */
export interface SetupStep {
  readonly call: string;
  readonly times: number;
  readonly values: Readonly<Record<string, ValueRule>>;
  readonly capture: Readonly<Record<string, Capture>>;
}

/** An entry of the scenario file with its defaults. */
export function asSetupStep(entry: SetupEntry): SetupStep {
  if (typeof entry === 'string') return { call: entry, times: 1, values: {}, capture: {} };
  const { call, times = 1, values = {}, capture = {} } = entry;
  return { call, times, values, capture };
}
