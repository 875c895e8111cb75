import { z } from 'zod';

/** The beginning of an answer, as text. */
const answerStartSchema = z.strictObject({
  /** Null where it is not known. */
  contentType: z.string().nullable(),
  /** Decoded, without the secrets of its request; null where it is no text, or was not kept. */
  text: z.string().nullable(),
  /** Of the whole body, as it was sent. */
  bodyBytes: z.int().nonnegative(),
  /** Whether the body is longer than the text. */
  isCut: z.boolean(),
});
export type AnswerStart = z.infer<typeof answerStartSchema>;

/** The first answer of an operation that failed in this way. */
export const failedAnswerSchema = answerStartSchema.extend({
  operation: z.int().nonnegative(),
  status: z.int().nonnegative(),
  /** The kind of check that it failed; '' = its status was not expected. */
  failure: z.string(),
  doneUs: z.number(),
});
export type FailedAnswer = z.infer<typeof failedAnswerSchema>;

/** So many are kept of a cell. */
export const MOST_FAILED_ANSWERS = 50;
