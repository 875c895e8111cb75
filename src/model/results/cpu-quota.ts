import { z } from 'zod';

const count = z.number().int().nonnegative();

const quotaUseSchema = z.object({
  cores: z.number().describe('what the quota allows, in cores'),
  periodMs: z.number().describe('how often the quota is granted anew'),
  throttledPeriods: count.describe('periods in which it was used up, and its processes stopped'),
  throttledMs: z.number().describe('for how long they were stopped, summed over the cores'),
});
export type QuotaUse = z.infer<typeof quotaUseSchema>;

/** The CPU quotas (cgroups) of a cell and what they did in its window; null where there is none, or none can be seen. */
export const cellQuotasSchema = z.object({
  generator: quotaUseSchema.nullable(),
  target: quotaUseSchema.nullable(),
  isShared: z.boolean().describe('generator and target have the same quota between them'),
});
export type CellQuotas = z.infer<typeof cellQuotasSchema>;

/** Share of a window's periods in which the quota was used up, 0 to 1. */
export function throttledShare({ throttledPeriods, periodMs }: QuotaUse, windowMs: number): number {
  return Math.min(1, (throttledPeriods * periodMs) / windowMs);
}
