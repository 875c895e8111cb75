import { z } from 'zod';

const count = z.number().int().nonnegative();

const scannedTableSchema = z.object({
  table: z.string().describe('with its schema where that is not `public`'),
  sequentialScans: count,
  rowsRead: count.describe('by these scans'),
  indexScans: count,
  rows: count.describe('that the table holds, as PostgreSQL estimates it'),
});

const statementSchema = z.object({
  text: z.string().describe('as PostgreSQL normalises it, without secrets; cut at 300 characters'),
  calls: count,
  totalMs: z.number(),
  meanMs: z.number(),
  rows: count,
});

/** What PostgreSQL tells of one window beside its gauges. */
export const postgresDetailsSchema = z.object({
  sequentialScans: z
    .array(scannedTableSchema)
    .describe(
      'tables that were read from end to end in the window, those with most rows read first, ten at most',
    ),
  statements: z
    .array(statementSchema)
    .nullable()
    .describe(
      'those that took most time in the window, ten at most, of all clients of this database; null = not known',
    ),
  statementsMissing: z.string().optional().describe('why they are not known'),
});
export type PostgresDetails = z.infer<typeof postgresDetailsSchema>;

/** What databases tell beside their gauges. */
export interface DatabaseDetails {
  readonly postgres?: PostgresDetails;
}
