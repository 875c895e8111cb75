import { z } from 'zod';
import type { Schedule } from './schedule.js';
import { constantRate } from './constant-rate.js';
import type { LoadFlag, LoadKind, LoadWords } from './load-kind.js';
import { stages } from './stages.js';

/** The first one is made where no other is asked for. A new kind of load is one file and a line here. */
const KINDS = [constantRate, stages] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  -readonly [At in keyof Kinds]: Kinds[At]['schema'];
};
type KeysOf<Kind> = Kind extends { readonly keys: infer Keys } ? (keys: Keys) => void : never;
type AllKeys = KeysOf<(typeof KINDS)[number]> extends (keys: infer Keys) => void ? Keys : never;

/** What load to make. */
export const loadSchema = z.discriminatedUnion(
  'kind',
  KINDS.map(({ schema }) => schema) as SchemasOf<typeof KINDS>,
);
export type Load = z.infer<typeof loadSchema>;

type AnyKind = LoadKind<z.ZodType<Load>, z.ZodRawShape>;
const ANY_KIND = KINDS as unknown as readonly AnyKind[];
const byName = new Map(ANY_KIND.map((one) => [one.kind, one]));

function kindOf({ kind }: Load): AnyKind {
  return byName.get(kind) as AnyKind;
}

/** The keys of all kinds, under `load:` in a scenario file. */
export const loadKeys = Object.assign({}, ...KINDS.map(({ keys }) => keys)) as AllKeys;
/** The flags of all kinds, in the order in which help shows them. */
export const loadFlags: readonly LoadFlag[] = KINDS.flatMap(({ flags }) => flags);

/** What of a scenario's `load:` cannot hold together. */
export function loadConflicts(given: Readonly<Record<string, unknown>>): { key: string; message: string }[] {
  return ANY_KIND.flatMap(({ conflict }) => conflict?.(given) ?? []);
}

/** The loads that flags and scenario ask for, each for every operation; what is wrong is gathered in `words`. */
export function readLoads(words: LoadWords, given: Readonly<Record<string, unknown>>): readonly Load[] {
  // All are read, so that whatever is wrong with any of them is said.
  const asked = ANY_KIND.map((kind) => kind.read(words, given));
  return asked.findLast((loads) => loads !== undefined) ?? [];
}

/** Which driver makes it, by its name in `load/drivers`. */
export function driverOf(load: Load): AnyKind['driver'] {
  return kindOf(load).driver;
}

/** When the requests of the whole load are due. */
export function scheduleOfAll(load: Load): Schedule {
  return kindOf(load).schedule(load);
}

/** The length of the measured window. */
export function durationMsOf(load: Load): number {
  return kindOf(load).durationMs(load);
}

/**
 * The rate that a target which keeps up achieves, when the load turned out to hold so many requests; null where it has
 * no rate to reach.
 */
export function plannedRps(load: Load, planned: number): number | null {
  return ratesOf(load).length === 0 ? null : (planned * 1000) / durationMsOf(load);
}

/** Whether a cell of it asks all operations together whatever the run says. */
export function asksAll(load: Load): boolean {
  return kindOf(load).asksAll === true;
}

/** Whether the rate stays the same, so that the target should, too. */
export function isSteady(load: Load): boolean {
  return kindOf(load).isSteady;
}

/** The rates between which the load moves, in its order: 0, 100, 500. A rate that stays is named once. */
export function ratesOf(load: Load): number[] {
  return kindOf(load).ratesPerSecond(load);
}

/** The rate at an instant of the window, `elapsedMs` milliseconds after its opening. */
export function rateAt(load: Load, elapsedMs: number): number {
  return kindOf(load).ratePerSecondAt(load, elapsedMs);
}

/** 0 where it has no rate to reach. */
export function highestRateOf(load: Load): number {
  return Math.max(0, ...ratesOf(load));
}

/** A rate that is no harm to begin with: the first one above 0. */
export function firstRateOf(load: Load): number {
  // A load that holds no request at all was refused when it was read.
  return ratesOf(load).find((rate) => rate > 0) ?? 1;
}

/** What makes two loads the same but for their length, and what makes their lengths the same. */
export function identityOf(load: Load): { readonly shape: string; readonly length: string } {
  const { shape, length } = kindOf(load).identity(load);
  return { shape: JSON.stringify([load.kind, ...shape]), length: JSON.stringify(length) };
}

/** In the name of a cell: `1000/s`, `1000/s poisson`, `stages 0→100→500/s`. */
export function loadName(load: Load): string {
  return kindOf(load).name(load);
}

/** In the title of a table: `1000 requests/s`, `1000 requests/s, Poisson arrivals`, `stages 0:100@2m`. */
export function loadTitle(load: Load): string {
  return kindOf(load).title(load);
}

/** In a column of figures: the rate, of changing rates the lowest and the highest one: `0→500`; `–` where there is none. */
export function loadTarget(load: Load): string {
  const rates = ratesOf(load);
  if (rates.length === 0) return '–';
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
  return lowest === highest ? String(highest) : `${lowest}→${highest}`;
}

/** In the id of a cell and the names of its files: `1000`, `stages`. */
export function loadIdPart(load: Load): string {
  return kindOf(load).idPart(load);
}
