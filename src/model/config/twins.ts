import { z } from 'zod';

const EXPECTED =
  'expected two different operations, as [get_item, get_item_sync], or with names for their columns { async: get_item, sync: get_item_sync }';

const operation = z.string().trim().min(1).describe('an operationId or "METHOD /path"');

/** One pair of a scenario file: a list of two, or two with names for their columns. */
const twinEntrySchema = z.union(
  [
    z.tuple([operation, operation]).refine(([left, right]) => left !== right, EXPECTED),
    z
      .record(z.string().trim().min(1), operation)
      .refine(
        (named) => new Set(Object.values(named)).size === 2 && Object.keys(named).length === 2,
        EXPECTED,
      )
      .meta({ minProperties: 2, maxProperties: 2 }),
  ],
  EXPECTED,
);
export type TwinEntry = z.infer<typeof twinEntrySchema>;

export const twinsKey = z
  .array(twinEntrySchema)
  .default([])
  .describe('pairs of operations that do the same in different ways: reports show them side by side');
