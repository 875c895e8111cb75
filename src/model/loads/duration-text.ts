import { z } from 'zod';

const DURATION = 'expected a duration such as 500ms, 10s or 2m';

/** A duration as a scenario file has it; `kernel/units` reads it. */
export const durationText = z
  .string(DURATION)
  .regex(/^\d+(\.\d+)?(ms|s|m|h)$/, { error: DURATION, abort: true });
export const durationAboveZero = durationText.regex(/[1-9]/, `${DURATION}, above 0`);
