import { z } from 'zod';
import { durationAboveZero, durationText } from '../loads/duration-text.js';
import { loadConflicts, loadKeys } from '../loads/read-loads.js';
import { weightsSchema } from './weights.js';

/** What stands under `load:` in a scenario file, and in each of its profiles. */
export const scenarioLoadSchema = z
  .strictObject({
    ...loadKeys,
    weights: weightsSchema.optional(),
    workers: z
      .array(z.int().min(1).max(256))
      .min(1)
      .optional()
      .describe('worker counts with which to start the server [1]'),
    warmup: durationText.optional().describe('gentle load before each cell [2s]'),
    timeout: durationAboveZero.optional().describe('for each request, from the moment it is due [10s]'),
    methods: z.array(z.string()).min(1).optional().describe('HTTP methods [GET, POST, QUERY]'),
  })
  .superRefine((given, context) => {
    for (const { key, message } of loadConflicts(given))
      context.addIssue({ code: 'custom', path: [key], message });
  });
