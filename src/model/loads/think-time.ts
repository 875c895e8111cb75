import { z } from 'zod';
import { formatDuration, parseDurationMs } from '../../kernel/units.js';

/** How long a user waits between an answer and its next request. */
export const thinkTimeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), ms: z.number().positive() }),
  z.strictObject({
    kind: z.literal('uniform'),
    minMs: z.number().nonnegative(),
    maxMs: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('exponential'), meanMs: z.number().positive() }),
]);
export type ThinkTime = z.infer<typeof thinkTimeSchema>;

export const THINK_TIME = 'a time such as 1s, a range such as 0.1s-2s, or exp:1s (exponential, by its mean)';

const LONGEST_MS = 3_600_000;

/** `1s`, `0.1s-2s`, `exp:1s`; null for no think time (`0s`), undefined for what is none of these. */
export function parseThinkTime(text: string): ThinkTime | null | undefined {
  const [, isExponential, first = '', second] =
    /^(exp:)?([^-\s]+?)(?:\s*-\s*([^-\s]+))?$/.exec(text.trim()) ?? [];
  const fromMs = parseDurationMs(first);
  const toMs = second === undefined ? fromMs : parseDurationMs(second);
  if (fromMs === undefined || toMs === undefined || toMs < fromMs || toMs > LONGEST_MS) return undefined;
  if (isExponential !== undefined)
    return second === undefined && fromMs > 0 ? { kind: 'exponential', meanMs: fromMs } : undefined;
  if (toMs === 0) return null;
  return fromMs === toMs ? { kind: 'constant', ms: toMs } : { kind: 'uniform', minMs: fromMs, maxMs: toMs };
}

/** As it was written: `0.1s-2s`. */
export function formatThinkTime(think: ThinkTime): string {
  switch (think.kind) {
    case 'constant':
      return formatDuration(think.ms);
    case 'uniform':
      return `${formatDuration(think.minMs)}-${formatDuration(think.maxMs)}`;
    case 'exponential':
      return `exp:${formatDuration(think.meanMs)}`;
  }
}

/** The think time that a uniform random number from [0, 1) stands for, in microseconds. */
export function thinkTimeUs(think: ThinkTime | null, random: number): number {
  switch (think?.kind) {
    case undefined:
      return 0;
    case 'constant':
      return think.ms * 1000;
    case 'uniform':
      return (think.minMs + random * (think.maxMs - think.minMs)) * 1000;
    case 'exponential':
      return -think.meanMs * 1000 * Math.log(1 - random);
  }
}

/** What tells one think time from another. */
export function thinkTimeIdentity(think: ThinkTime | null): string {
  return think === null ? 'none' : formatThinkTime(think);
}
