import { z } from 'zod';

const count = z.number().int().nonnegative();
const figure = z.number().nullable();

const processRecordSchema = z.object({
  name: z.string().describe('its command, shortened: `python`, `node (worker)`; not unique'),
  isWorker: z
    .boolean()
    .describe(
      'it served: it held connections, or could have taken some as it listens; the parent of another process of the target only if it held some and used 5 % or more of the CPU; where no connection was seen, those that used 5 % or more and are not the parent of such a one',
    ),
  cpuMs: z.number().describe('CPU time in the window'),
  cpuShare: figure.describe('of all that the target used, 0 to 1; null = it used none'),
  connections: z
    .object({ mean: z.number(), max: count })
    .nullable()
    .describe(
      "established connections at the target's port that it had open, over the looks; null = not known",
    ),
});
export type ProcessRecord = z.infer<typeof processRecordSchema>;

export const byProcessSchema = z.object({
  processes: z
    .array(processRecordSchema)
    .describe('those that used most CPU first; 64 at most, workers before others'),
  leftOut: count.describe('processes beyond these'),
  workers: count.describe('how many of all are workers'),
  connectionLooks: count.describe('looks behind the connections'),
  imbalance: z
    .object({
      cpu: figure.describe("the busiest worker's CPU time ÷ the mean of all workers'"),
      connections: figure.describe('the same of the mean connections'),
    })
    .describe('1 = even, the number of workers = one did all; null = fewer than two workers, or not known'),
});
/** What the processes of the target did each in the window. */
export type ByProcess = z.infer<typeof byProcessSchema>;
