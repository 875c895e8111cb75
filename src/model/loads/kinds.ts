import { z } from 'zod';
import { constantRate } from './constant-rate.js';
import { fixedCount } from './fixed-count.js';
import type { LoadKind } from './load-kind.js';
import { stages } from './stages.js';
import { userStages } from './user-stages.js';
import { users } from './users.js';

/** The first one is made where no other is asked for. A new kind of load is one file and a line here. */
export const KINDS = [constantRate, stages, users, userStages, fixedCount] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  -readonly [At in keyof Kinds]: Kinds[At]['schema'];
};

/** What load to make. */
export const loadSchema = z.discriminatedUnion(
  'kind',
  KINDS.map(({ schema }) => schema) as SchemasOf<typeof KINDS>,
);
export type Load = z.infer<typeof loadSchema>;

export type AnyKind = LoadKind<z.ZodType<Load>, z.ZodRawShape>;
export const ANY_KIND = KINDS as unknown as readonly AnyKind[];
const byName = new Map(ANY_KIND.map((one) => [one.kind, one]));

export function kindOf({ kind }: Load): AnyKind {
  return byName.get(kind) as AnyKind;
}
