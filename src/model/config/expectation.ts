import { z } from 'zod';
import { scalarSchema } from './value-rule.js';

const STATUS = 'expected a status such as 404, or a class such as 2xx';
/** What makes an answer a success. */
export const expectationSchema = z.strictObject({
  status: z
    .array(z.union([z.int().min(200).max(599), z.string().regex(/^[2-5]xx$/, STATUS)], STATUS))
    .min(1)
    .optional()
    .describe('statuses, or classes of them, that are successes [2xx]'),
  headers: z.record(z.string(), z.string()).optional().describe('headers and their exact text'),
  json: z
    .record(
      z.string().regex(/^(\/([^~]|~[01])*)?$/, 'expected a JSON pointer such as /items/0/id'),
      z.union([scalarSchema, z.null()], 'expected text, a number, true, false or null'),
    )
    .optional()
    .describe('by JSON pointer: the value that the body has there; bodies over 1 MiB fail'),
  bytes: z
    .strictObject({
      min: z.int().min(0).optional().describe('at least so many'),
      max: z.int().min(0).optional().describe('at most so many'),
    })
    .optional()
    .describe('length of the body'),
});
export type Expectation = z.infer<typeof expectationSchema>;
