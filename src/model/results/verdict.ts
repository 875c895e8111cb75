import { z } from 'zod';

const verdictStateSchema = z.enum(['VALID', 'SUSPECT', 'INVALID']);
export type VerdictState = z.infer<typeof verdictStateSchema>;

/** Why a cell's figures are not simply to be trusted; the id is named for the failing state. */
const reasonSchema = z.object({
  id: z.string(),
  /** What was seen in this cell. */
  message: z.string(),
  /** What to do about it: fits what was seen, and is free of this cell's figures, so that cells share it. */
  remedy: z.string().optional(),
  state: verdictStateSchema
    .exclude(['VALID'])
    .optional()
    .describe('what this reason alone makes of the cell; left out in results of older versions'),
  severity: z
    .number()
    .optional()
    .describe(
      'how bad it is among reasons of the same id, the highest the worst; left out where nothing tells them apart, and in results of older versions',
    ),
});
export type Reason = z.infer<typeof reasonSchema>;

/** Independent samples that a 95 % interval of the 99th percentile needs. */
export const LEAST_FOR_P99 = 368;

/** A target that answers less than this share of the planned requests in time does not keep up. */
export const LEAST_ANSWERED_SHARE = 0.98;

export const verdictSchema = z.object({ state: verdictStateSchema, reasons: z.array(reasonSchema) });
export type Verdict = z.infer<typeof verdictSchema>;
