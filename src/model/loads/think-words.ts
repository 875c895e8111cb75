import { z } from 'zod';
import type { LoadWords } from './load-kind.js';
import { parseThinkTime, THINK_TIME, type ThinkTime } from './think-time.js';

/** A think time in a scenario file. */
export const thinkTimeKey = z
  .string()
  .refine((text) => parseThinkTime(text) !== undefined, `expected ${THINK_TIME}`)
  .optional()
  .describe('from the answer to a user to its next request: 1s, 0.1s-2s, exp:1s [none]');

/** That of the flag, else that of the scenario; null = none. */
export function readThinkTime(words: LoadWords, inScenario: string | undefined): ThinkTime | null {
  const text = words.text('think') ?? inScenario;
  if (text === undefined) return null;
  const think = parseThinkTime(text);
  if (think === undefined) words.complain('think', THINK_TIME, text);
  return think ?? null;
}
