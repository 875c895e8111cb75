import { z } from 'zod';

/** Databases that bench can run beside the target. */
export const SERVICE_NAMES = ['postgres', 'redis'] as const;
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** For people. */
export const SERVICE_TITLES: Readonly<Record<ServiceName, string>> = {
  postgres: 'PostgreSQL',
  redis: 'Redis',
};

/** A database beside the target, as it was run. */
export const serviceRecordSchema = z.object({
  name: z.enum(SERVICE_NAMES),
  from: z
    .enum(['environment', 'private', 'compose'])
    .describe(
      "environment = its URL was in the environment; private = bench started it for this run from the machine's own programs; compose = in a container, by Docker Compose",
    ),
  version: z.string().nullable().describe('null = not known, of one that bench did not start'),
  settings: z
    .record(z.string(), z.string())
    .describe('those that bench gave it; of one that it did not start none'),
  deaths: z.array(z.string()).describe('how it ended before the run did; it was started again each time'),
  kept: z
    .string()
    .optional()
    .describe('folder of one that goes on after the run (--keep): `url` in it holds its URL, `end` ends it'),
});
export type ServiceRecord = z.infer<typeof serviceRecordSchema>;

/** The death of a database while a cell was measured. */
export const serviceDeathSchema = z.object({
  service: z.enum(SERVICE_NAMES),
  how: z.string().describe('`exited with code 1`, `was killed by SIGKILL`'),
  atMs: z.number().describe('after the window opened, in milliseconds; less than 0 = in the warm-up'),
});
export type ServiceDeath = z.infer<typeof serviceDeathSchema>;
