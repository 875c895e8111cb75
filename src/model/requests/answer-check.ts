import { z } from 'zod';

/** What an answer must be to count as a success. */
export const answerCheckSchema = z.strictObject({
  /** From … to, both included; the status must be in one of them. */
  status: z.array(z.tuple([z.int(), z.int()])).min(1),
  /** Names in lower case, and the exact text of each. */
  headers: z.record(z.string(), z.string()),
  /** JSON pointers (RFC 6901) into the body, and the value at each. */
  json: z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()])),
  /** Length of the body. */
  bytes: z.strictObject({ min: z.number(), max: z.number().nullable() }).nullable(),
});
export type AnswerCheck = z.infer<typeof answerCheckSchema>;

/** Whether a status is an expected one: 2xx, unless told otherwise. */
export function isExpectedStatus(status: number, check: AnswerCheck | undefined): boolean {
  if (check === undefined) return status >= 200 && status < 300;
  return check.status.some(([from, to]) => status >= from && status <= to);
}
