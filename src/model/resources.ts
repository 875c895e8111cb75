import { z } from 'zod';

/** One look at the target's process tree. */
export const resourceSampleSchema = z.strictObject({
  /** From the opening of the measured window. */
  elapsedMs: z.number(),
  /** CPU time of the tree since the look before, 100 = one core. */
  cpuPercent: z.number(),
  /** Sum of the resident sets; pages shared between processes count in each. */
  memoryBytes: z.number(),
  processes: z.number().int().nonnegative(),
});
export type ResourceSample = z.infer<typeof resourceSampleSchema>;

/** What the target cost over the measured window. */
export interface ResourceSummary {
  readonly cpuPercent: { readonly mean: number; readonly max: number };
  readonly cpuMs: number;
  readonly memoryBytes: {
    readonly mean: number;
    readonly max: number;
    readonly growthPerMinute: number | null;
  };
  readonly processes: number;
  readonly samples: readonly ResourceSample[];
}

/** How busy the whole machine was in the window; null where the system does not tell. */
export interface HostLoad {
  readonly cpuPercent: number | null;
  readonly stealPercent: number | null;
}
