import { z } from 'zod';

/** How a target ended that was to live; secrets are masked before it is stored. */
export const targetDeathSchema = z.object({
  how: z.string().describe('`exited with code 1`, `was killed by SIGKILL`'),
  lastOutput: z
    .array(z.string())
    .describe('the last lines that it wrote; empty when bench did not start it, or it wrote none'),
});
export type TargetDeath = z.infer<typeof targetDeathSchema>;
