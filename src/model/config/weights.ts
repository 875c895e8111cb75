import { z } from 'zod';

export const MOST_WEIGHT = 1_000_000_000;

/** What part of a mixture each operation has, to the others; 0 = none. */
export const weightsSchema = z
  .record(z.string().min(1), z.number().min(0).max(MOST_WEIGHT))
  .describe(
    'of a mixture, by operationId or "METHOD /path": how often each operation is asked, to the others; 0 leaves it out [1 each]',
  );
