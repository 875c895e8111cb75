import { z } from 'zod';

const sideSchema = z.object({
  /** What heads its column. */
  name: z.string(),
  /** An operationId, `METHOD /path`, or another selector that means one operation of the run. */
  operation: z.string(),
});
export type TwinSide = z.infer<typeof sideSchema>;

/** Two operations that do the same in different ways. */
const twinSchema = z.object({ left: sideSchema, right: sideSchema });
export type Twin = z.infer<typeof twinSchema>;

/** What is shown side by side, as the configuration of a run keeps it. */
export const twinsSchema = z.object({
  pairs: z.array(twinSchema),
  /** Whether the scenario names them, which may name operations that a run does not load. */
  isOfScenario: z.boolean(),
});
export type Twins = z.infer<typeof twinsSchema>;
