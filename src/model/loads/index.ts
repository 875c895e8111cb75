import { z } from 'zod';
import { formatDuration } from '../../kernel/units.js';
import type { Population } from './population.js';
import type { Spike } from './spike.js';
import type { Schedule } from './schedule.js';
import { constantRate } from './constant-rate.js';
import type { LoadFlag, LoadKind, LoadWords } from './load-kind.js';
import { fixedCount } from './fixed-count.js';
import { stages } from './stages.js';
import { readTimeScale, timeScaleFlag, timeScaleKey } from './time-scale.js';
import { userStages } from './user-stages.js';
import { users } from './users.js';

/** The first one is made where no other is asked for. A new kind of load is one file and a line here. */
const KINDS = [constantRate, stages, users, userStages, fixedCount] as const;

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
const USUAL = ANY_KIND[0] as AnyKind;
const byName = new Map(ANY_KIND.map((one) => [one.kind, one]));

function kindOf({ kind }: Load): AnyKind {
  return byName.get(kind) as AnyKind;
}

/** The keys of all kinds, under `load:` in a scenario file. */
export const loadKeys = Object.assign({ timeScale: timeScaleKey }, ...KINDS.map(({ keys }) => keys)) as {
  timeScale: typeof timeScaleKey;
} & AllKeys;
const ofKinds: readonly LoadFlag[] = KINDS.flatMap(({ flags }) => flags);
/** The flags of all kinds, in the order in which help shows them, and what goes with each. */
export const loadFlags: readonly LoadFlag[] = [...ofKinds, timeScaleFlag];

/** What of a scenario's `load:` cannot hold together. */
export function loadConflicts(given: Readonly<Record<string, unknown>>): { key: string; message: string }[] {
  const asked = ANY_KIND.filter((kind) => isAskedIn(kind, given));
  const stated = asked.flatMap(({ conflict }) => conflict?.(given) ?? []);
  const [first, second] = asked;
  if (stated.length > 0 || first === undefined || second === undefined) return stated;
  return [
    {
      key: second.selector.key,
      message: `expected only one of ${first.selector.key} and ${second.selector.key}`,
    },
  ];
}

/** What flags and scenario ask for. */
interface AskedLoads {
  /** Scaled. */
  readonly loads: readonly Load[];
  /** What their durations were multiplied with. */
  readonly timeScale: number;
}

/** The loads that flags and scenario ask for; what is wrong is gathered in `words`. */
export function readLoads(words: LoadWords, given: Readonly<Record<string, unknown>>): AskedLoads {
  const asked = readUnscaled(words, given);
  const timeScale = readTimeScale(words, given);
  if (timeScale === 1) return { loads: asked, timeScale };
  const loads = asked.map((load) => kindOf(load).scaled?.(load, timeScale) ?? load);
  const without = loads.find((load) => kindOf(load).scaled === null);
  if (without && words.text('time-scale') !== undefined)
    words.refuse(`--time-scale: nothing of ${loadTitle(without)} has a duration that could be scaled`);
  const odd = loads.find((load, at) => isFit(asked[at]) && !isFit(load));
  if (odd)
    words.refuse(
      `--time-scale: scaled by ${timeScale}, the window lasts ${lengthInWords(odd)}, and 1ms to 24h are possible`,
    );
  return { loads, timeScale };
}

const LONGEST_MS = 86_400_000;

function isFit(load: Load | undefined): boolean {
  const durationMs = load ? durationMsOf(load) : null;
  return durationMs === null || (durationMs >= 1 && durationMs <= LONGEST_MS);
}

function readUnscaled(words: LoadWords, given: Readonly<Record<string, unknown>>): readonly Load[] {
  const byFlag = ANY_KIND.findLast((kind) => isAskedBy(kind, words.text(kind.selector.flag)));
  const byKey = ANY_KIND.findLast((kind) => isAskedIn(kind, given));
  const kind = byFlag ?? byKey ?? USUAL;
  refuseForeignFlags(kind, words, byFlag === undefined);
  // So that whatever is wrong with the excluded ones is said too.
  for (const other of ANY_KIND)
    if (other !== kind && isAskedBy(other, words.text(other.selector.flag))) other.read(words, given);
  return kind.read(words, given);
}

function isAskedBy({ selector }: AnyKind, text: string | undefined): boolean {
  return text !== undefined && selector.accepts(text);
}

function isAskedIn({ selector }: AnyKind, given: Readonly<Record<string, unknown>>): boolean {
  const value = given[selector.key];
  return (
    value !== undefined && selector.accepts(Array.isArray(value) ? value.join(' ') : JSON.stringify(value))
  );
}

/** Flags that would change nothing are a misunderstanding. */
function refuseForeignFlags(kind: AnyKind, words: LoadWords, isFromScenario: boolean): void {
  const own = [...kind.flags.map(nameOfFlag), ...(kind.alsoTakes ?? [])];
  const foreign = ofKinds.filter((flag) => {
    const text = words.text(nameOfFlag(flag));
    return text !== undefined && text !== flag.usual && !own.includes(nameOfFlag(flag));
  });
  if (foreign.length === 0) return;
  const shown = foreign.map((flag) => {
    const name = nameOfFlag(flag);
    return flag.usual === undefined ? `--${name}` : `--${name} ${words.text(name)}`;
  });
  const { flag, key } = kind.selector;
  const excludes = `excludes ${shown.join(' and ')}: ${kind.why}`;
  if (isFromScenario && kind !== USUAL)
    words.refuse(`The scenario's load.${key} ${excludes}; --rates replaces ${wordsOfKey(key)}`);
  else if (isFromScenario) words.refuse(`${shown.join(' and ')} ${alone(foreign.map(nameOfFlag))}`);
  else words.refuse(`--${flag} ${excludes}`);
}

function wordsOfKey(key: string): string {
  return key === 'stages' ? 'the stages' : `load.${key}`;
}

/** What a flag needs beside it that says nothing by itself. */
function alone(names: readonly string[]): string {
  const needed = ANY_KIND.filter(({ flags }) => flags.some((flag) => names.includes(nameOfFlag(flag))));
  const selectors = [...new Set(needed.map(({ selector }) => `--${selector.flag}`))];
  return `${names.length === 1 ? 'goes' : 'go'} with ${selectors.join(' or ')}, which is not given`;
}

function nameOfFlag({ option }: LoadFlag): string {
  return /--([a-z-]+)/.exec(option)?.[1] as string;
}

/** Which driver makes it, by its name in `load/drivers`. */
export function driverOf(load: Load): AnyKind['makes']['driver'] {
  return kindOf(load).makes.driver;
}

/** When the requests of the whole load are due; null where their answers decide. */
export function scheduleOfAll(load: Load): Schedule | null {
  const { makes } = kindOf(load);
  return makes.driver === 'open-loop' ? makes.schedule(load) : null;
}

/** The users that make it; null where a schedule does. */
export function populationOf(load: Load): Population | null {
  const { makes } = kindOf(load);
  return makes.driver === 'closed-loop' ? makes.population(load) : null;
}

/** Whether a request waits for the answer to the one before: then a target that slows down is asked less. */
export function isClosedLoop(load: Load): boolean {
  return kindOf(load).makes.driver === 'closed-loop';
}

/** The length of the measured window; null where it lasts until all is done. */
export function durationMsOf(load: Load): number | null {
  return kindOf(load).durationMs(load);
}

/**
 * The rate that a target which keeps up achieves, when the load turned out to hold so many requests; null where it has
 * no rate to reach.
 */
export function plannedRps(load: Load, planned: number): number | null {
  const durationMs = durationMsOf(load);
  return isClosedLoop(load) || durationMs === null ? null : (planned * 1000) / durationMs;
}

/** Where it rises for a while and comes down again; null where it does not. */
export function spikeOf(load: Load): Spike | null {
  return kindOf(load).spike(load);
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

/** The rate at an instant of the window, `elapsedMs` milliseconds after its opening; null where there is none. */
export function rateAt(load: Load, elapsedMs: number): number | null {
  return kindOf(load).ratePerSecondAt(load, elapsedMs);
}

/** 0 where it has no rate to reach. */
export function highestRateOf(load: Load): number {
  return Math.max(0, ...ratesOf(load));
}

/** What makes one load of a kind heavier than another: its highest rate, or the number of its users. */
export function sizeOf(load: Load): number {
  return kindOf(load).size(load);
}

/** At most so many requests; null where the answers decide. */
export function mostRequestsOf(load: Load): number | null {
  const population = populationOf(load);
  if (population !== null) return population.requests;
  return Math.ceil(((durationMsOf(load) ?? 0) / 1000) * highestRateOf(load));
}

/** How long it takes: `10s`, `until 10000 requests have ended`. */
export function lengthInWords(load: Load): string {
  const durationMs = durationMsOf(load);
  return durationMs === null
    ? `until ${mostRequestsOf(load)} requests have ended`
    : formatDuration(durationMs);
}

/** The flags of loads so many times as heavy; undefined where that is not one number. */
export function heavierFlags(
  load: Load,
  factors: readonly number[],
): Readonly<Record<string, string[]>> | undefined {
  return kindOf(load).heavier?.(load, factors);
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

/** In a column of figures: the rate, of changing rates the lowest and the highest one: `0→500`; `50 users`. */
export function loadTarget(load: Load): string {
  return kindOf(load).target(load);
}

/** In the id of a cell and the names of its files: `1000`, `stages`. */
export function loadIdPart(load: Load): string {
  return kindOf(load).idPart(load);
}
