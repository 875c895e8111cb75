import { z } from 'zod';
import type { LoadWords } from './load-kind.js';

const LIMITS = { least: 0.001, most: 1000, whole: false };

/** Under `load:` in a scenario file. */
export const timeScaleKey = z
  .number()
  .min(LIMITS.least)
  .max(LIMITS.most)
  .optional()
  .describe('durations and spawn times of the load are so many times as long [1]');

export const timeScaleFlag = {
  option: '--time-scale <f>',
  help: 'durations and spawn times so many times as long, such as 0.1 [1]',
};

/** What durations of the load are multiplied with; 1 = they stay. */
export function readTimeScale(words: LoadWords, given: Readonly<Record<string, unknown>>): number {
  const inScenario = given['timeScale'];
  return words.numbers('time-scale', LIMITS)?.[0] ?? (typeof inScenario === 'number' ? inScenario : 1);
}

/** Without what rounding adds: 0.1 × 3 s are 300 ms. */
export function scaledMs(durationMs: number, factor: number): number {
  return Math.max(0.001, Math.round(durationMs * factor * 1000) / 1000);
}
