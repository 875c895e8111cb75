import { z } from 'zod';

/** Databases that bench can run beside the target. */
export const SERVICE_NAMES = ['postgres', 'redis'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** A database beside the target, as it was run. */
export const serviceRecordSchema = z.object({
  name: z.enum(SERVICE_NAMES),
  from: z
    .enum(['environment', 'private'])
    .describe('environment = its URL was in the environment; private = bench started it for this run'),
  version: z.string().nullable().describe('null = not known, of one that bench did not start'),
  settings: z
    .record(z.string(), z.string())
    .describe('those that bench gave it; of one that it did not start none'),
  deaths: z.array(z.string()).describe('how it ended before the run did; it was started again each time'),
});
export type ServiceRecord = z.infer<typeof serviceRecordSchema>;
