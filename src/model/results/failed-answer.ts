import { z } from 'zod';

const count = z.number().int().nonnegative();

/** One answer that did not count as a success, as an example of those that fared alike. */
export const failedAnswerRecordSchema = z.object({
  operation: z.string().describe("its id, among the subject's operations"),
  status: count,
  check: z
    .string()
    .optional()
    .describe('the kind of check that it failed, as in failures; left out = its status was not expected'),
  message: z
    .string()
    .nullable()
    .describe("what the server says went wrong, on one line, at most 200 characters; null = it doesn't say"),
  contentType: z.string().nullable().describe('null = not known'),
  body: z
    .string()
    .nullable()
    .describe(
      'decoded, without known secrets, at most 2,048 characters; null = it is no text, or was not kept',
    ),
  bodyBytes: count.describe('of the whole body, as it was sent'),
  isCut: z.boolean().describe('whether the body is longer than what is kept of it'),
});
export type FailedAnswerRecord = z.infer<typeof failedAnswerRecordSchema>;
