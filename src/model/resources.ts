import { z } from 'zod';

/** One look at the target's process tree. */
export const resourceSampleSchema = z.strictObject({
  /** From the opening of the measured window. */
  elapsedMs: z.number(),
  /** CPU time of the tree since a look 0.4 s or more before, the latest that there is; 100 = one core. */
  cpuPercent: z.number(),
  /** Sum of the resident sets; pages shared between processes count in each. */
  memoryBytes: z.number(),
  processes: z.number().int().nonnegative(),
});
export type ResourceSample = z.infer<typeof resourceSampleSchema>;

/** The ids of the processes to look at, as they are now. */
export type ListProcesses = () => readonly number[];

/** What the target cost over the measured window. */
export interface ResourceSummary {
  readonly cpuPercent: { readonly mean: number; readonly max: number };
  readonly cpuMs: number;
  readonly memoryBytes: {
    readonly mean: number;
    readonly max: number;
    readonly growthPerMinute: number | null;
  };
  /** The same with a shared page counted once; null where the system does not tell it of all processes. */
  readonly pssBytes: { readonly mean: number; readonly max: number; readonly samples: number } | null;
  readonly processes: number;
  readonly samples: readonly ResourceSample[];
}

/** How busy the whole machine was in the window; null where the system does not tell. */
export interface HostLoad {
  readonly cpuPercent: number | null;
  readonly stealPercent: number | null;
}
