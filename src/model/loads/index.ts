import { formatDuration } from '../../kernel/units.js';
import { kindOf, type AnyKind, type Load } from './kinds.js';
import type { Population } from './population.js';
import type { Schedule } from './schedule.js';
import type { Spike } from './spike.js';

export { loadSchema, type Load } from './kinds.js';

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
export function plannedRps(load: Load, planned: number, durationMs = durationMsOf(load)): number | null {
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
  return kindOf(load).across !== null;
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

/** What charts of several loads of its kind go across, and how the load is called there; null where it changes. */
export function axisOf(load: Load): { name: string; title: string; label: string } | null {
  const { across } = kindOf(load);
  return across && { name: across.name, title: across.title, label: across.label(load) };
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

/** What makes a load of the kind lighter, as advice: `lower the rate`. */
export function easingOf(load: Load): string {
  return kindOf(load).easing;
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
