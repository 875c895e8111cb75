import { isMultiple } from './json-type.js';
import type { Limit, Shape } from './shape.js';
import { placeInRound, type Wish } from './wish.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Values are taken from at most so many neighbours: small numbers are likelier to exist than large ones. */
const MOST_NEIGHBOURS = 1000;

/** Whole numbers by format, as far as JavaScript can count. */
const BY_FORMAT: Readonly<Record<string, Range>> = {
  int8: { from: -(2 ** 7), to: 2 ** 7 - 1 },
  int16: { from: -(2 ** 15), to: 2 ** 15 - 1 },
  int32: { from: -(2 ** 31), to: 2 ** 31 - 1 },
  uint8: { from: 0, to: 2 ** 8 - 1 },
  uint16: { from: 0, to: 2 ** 16 - 1 },
  uint32: { from: 0, to: 2 ** 32 - 1 },
  uint64: { from: 0, to: Number.MAX_SAFE_INTEGER },
};
const ALL_WHOLE: Range = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** A number within the limits: the plainest is the nearest to 1. Undefined when there is none. */
export function numberValue(shape: Shape, isInteger: boolean, wish: Wish): number | bigint | undefined {
  return longInteger(shape, wish) ?? plainNumber(inDoubles(shape), isInteger, wish);
}

const knownDoubles = new WeakMap<Shape, DoubleShape>();

/** A shape whose numbers are doubles, as near as those come. */
type DoubleShape = Omit<Shape, 'limits' | 'multiples'> & {
  readonly limits: Readonly<Partial<Record<Limit, number>>>;
  readonly multiples: readonly number[];
};

function inDoubles(shape: Shape): DoubleShape {
  const before = knownDoubles.get(shape);
  if (before) return before;
  const limits = Object.fromEntries(
    Object.entries(shape.limits).map(([name, limit]) => [name, Number(limit)]),
  );
  const doubles = { ...shape, limits, multiples: shape.multiples.map(Number) };
  knownDoubles.set(shape, doubles);
  return doubles;
}

/** Where nothing that a double counts exactly is within the limits, or the unit is beyond that: digit by digit. */
function longInteger({ limits, multiples }: Shape, wish: Wish): number | bigint | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = limits;
  const least = [whole(minimum, 0n), whole(exclusiveMinimum, 1n)].filter((one) => one !== undefined);
  const most = [whole(maximum, 0n), whole(exclusiveMaximum, -1n)].filter((one) => one !== undefined);
  const from = least.reduce<bigint | undefined>(
    (one, other) => (one !== undefined && one > other ? one : other),
    undefined,
  );
  const to = most.reduce<bigint | undefined>(
    (one, other) => (one !== undefined && one < other ? one : other),
    undefined,
  );
  const isUp = from !== undefined && from > Number.MAX_SAFE_INTEGER;
  const isDown = to !== undefined && to < Number.MIN_SAFE_INTEGER;
  const isLongUnit = multiples.some((unit) => typeof unit === 'bigint');
  if (!multiples.every((unit) => typeof unit === 'bigint' || Number.isInteger(unit))) return undefined;
  if (!isUp && !isDown && !isLongUnit) return undefined;
  const unit = multiples.map(BigInt).reduce((one, other) => (one * other) / divisorOf(one, other), 1n);
  const start = isDown ? floorTo(to, unit) : -floorTo(-(from ?? 0n), unit);
  const step = BigInt(placeInRound(wish, MOST_NEIGHBOURS)) * unit;
  const found = [isDown ? start - step : start + step, start].find(
    (value) => (from === undefined || value >= from) && (to === undefined || value <= to),
  );
  return found === undefined || String(Number(found)) !== String(found) ? found : Number(found);
}

/** A limit as the nearest integer that may be had: exclusive ones are one further. */
function whole(limit: number | bigint | undefined, further: bigint): bigint | undefined {
  if (limit === undefined) return undefined;
  if (typeof limit === 'bigint') return limit + further;
  return Number.isInteger(limit) ? BigInt(limit) + further : undefined;
}

function floorTo(value: bigint, unit: bigint): bigint {
  const rest = value % unit;
  return value - (rest < 0n ? rest + unit : rest);
}

function divisorOf(one: bigint, other: bigint): bigint {
  return other === 0n ? one : divisorOf(other, one % other);
}

function plainNumber(shape: DoubleShape, isInteger: boolean, wish: Wish): number | undefined {
  const isWhole = isInteger || /^u?int\d+$/.test(shape.format ?? '');
  const [unit, ...others] = isWhole && shape.multiples.length === 0 ? [1] : shape.multiples;
  if (unit !== undefined)
    return multipleOf(unit, isWhole ? [1, ...others] : others, wholeLimits(shape, isWhole), wish);
  return anyNumber(shape, wish);
}

function wholeLimits(shape: DoubleShape, isWhole: boolean): Range & Pick<DoubleShape, 'limits'> {
  const byFormat = Object.hasOwn(BY_FORMAT, shape.format ?? '') ? BY_FORMAT[shape.format ?? ''] : undefined;
  const { from, to } = isWhole ? (byFormat ?? ALL_WHOLE) : ALL_WHOLE;
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum } = shape.limits;
  const least = Math.max(minimum, exclusiveMinimum ?? -Infinity);
  const most = Math.min(maximum, exclusiveMaximum ?? Infinity);
  return {
    // Limits beyond what JavaScript counts exactly are taken as they are.
    from: most < from ? least : Math.max(least, from),
    to: least > to ? most : Math.min(most, to),
    limits: shape.limits,
  };
}

/** One of the multiples of a unit; those of the other units are looked for among the first thousand. */
function multipleOf(
  unit: number,
  others: readonly number[],
  { from, to, limits }: Range & Pick<DoubleShape, 'limits'>,
  wish: Wish,
): number | undefined {
  const [first, last] = countsOf(from / unit, to / unit);
  const fits = (count: number): boolean => {
    const value = times(count, unit);
    return isWithin(value, limits) && [unit, ...others].every((one) => isMultiple(value, one));
  };
  const plain = Math.min(Math.max(unit >= 1 ? 1 : Math.round(1 / unit), first), last);
  const start = fits(plain) ? plain : listed(neighboursOf(plain, first, last)).find(fits);
  if (start === undefined) return undefined;
  if (wish.step === 0) return times(start, unit);
  const near = neighboursOf(start, first, last);
  // All whole numbers fit between the two that do at the ends, but only some fractions do.
  const isSure = unit === 1 && others.every((one) => one === 1);
  const room = isSure ? fittingEnds(near, fits) : listed(near).filter(fits);
  const place = isId(wish) ? wish.step % sizeOf(room) : countedOn(wish, sizeOf(room));
  return times(Array.isArray(room) ? (room[place] ?? start) : atPlace(room, place), unit);
}

/** The first and the last count that may be within the limits; near 0, or near the one limit, where there are none. */
function countsOf(from: number, to: number): readonly [first: number, last: number] {
  if (Number.isFinite(from)) {
    const first = Math.ceil(from) - 1;
    return [first, Number.isFinite(to) ? Math.floor(to) + 1 : first + 2 * MOST_NEIGHBOURS];
  }
  const last = Number.isFinite(to) ? Math.floor(to) + 1 : 2 * MOST_NEIGHBOURS;
  return [Math.min(-MOST_NEIGHBOURS, last - 2 * MOST_NEIGHBOURS), last];
}

/** Counts on from a number of the seed's, one for each step; the plainest comes first. */
function countedOn({ step, seed }: Wish, size: number): number {
  return step % size === 0 ? 0 : 1 + (((step % size) - 1 + (seed % 97)) % (size - 1));
}

/** Ids count up from the first: small ones exist, if any. */
function isId({ place, name }: Wish): boolean {
  return place === 'path' || /(?:^|_|-)id$|[a-z]Id$/.test(name);
}

/** Whole numbers from one on, upwards, then downwards. */
interface Neighbours {
  readonly start: number;
  readonly above: number;
  readonly below: number;
}

function neighboursOf(start: number, first: number, last: number): Neighbours {
  const above = Math.max(0, Math.min(last - start + 1, MOST_NEIGHBOURS));
  return { start, above, below: Math.max(0, Math.min(start - first, MOST_NEIGHBOURS - above)) };
}

function atPlace({ start, above }: Neighbours, place: number): number {
  return place < above ? start + place : start - 1 - (place - above);
}

function listed(near: Neighbours): number[] {
  return Array.from({ length: near.above + near.below }, (_, place) => atPlace(near, place));
}

/** Without the one at each end that an exclusive limit or the rounding may leave out. */
function fittingEnds({ start, above, below }: Neighbours, fits: (count: number) => boolean): Neighbours {
  const isTopOut = above > 1 && !fits(start + above - 1);
  const isBottomOut = below > 0 && !fits(start - below);
  const [up, down] = [isTopOut ? above - 1 : above, isBottomOut ? below - 1 : below];
  return up === above && down === below
    ? { start, above, below }
    : fittingEnds({ start, above: up, below: down }, fits);
}

function sizeOf(room: Neighbours | readonly number[]): number {
  return 'length' in room ? room.length : room.above + room.below;
}

/** Without the dirt of binary fractions: 3 × 0.1 is 0.3. */
function times(count: number, unit: number): number {
  const value = count * unit;
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15));
}

function isWithin(value: number, limits: DoubleShape['limits']): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = limits;
  return (
    Number.isFinite(value) &&
    (minimum === undefined || value >= minimum) &&
    (maximum === undefined || value <= maximum) &&
    (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
    (exclusiveMaximum === undefined || value < exclusiveMaximum)
  );
}

function anyNumber(shape: DoubleShape, wish: Wish): number | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = shape.limits;
  const from = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity);
  const to = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity);
  if (to - from < MOST_NEIGHBOURS) return between({ from, to }, shape.limits, wish);
  return (
    multipleOf(1, [], { from, to, limits: shape.limits }, wish) ??
    [from, to, (from + to) / 2].find((value) => isWithin(value, shape.limits))
  );
}

function between(range: Range, limits: DoubleShape['limits'], wish: Wish): number | undefined {
  const values = knownPlaces.get(limits) ?? placesIn(range, limits);
  knownPlaces.set(limits, values);
  return (
    values[placeInRound(wish, values.length)] ??
    [(range.from + range.to) / 2].find((value) => isWithin(value, limits))
  );
}

const knownPlaces = new WeakMap<DoubleShape['limits'], readonly number[]>();

/** A thousand even places within the limits, after the plain ones. */
function placesIn({ from, to }: Range, limits: DoubleShape['limits']): readonly number[] {
  const places = Array.from({ length: MOST_NEIGHBOURS }, (_, index) =>
    Number((from + ((to - from) * (index + 1)) / (MOST_NEIGHBOURS + 1)).toPrecision(6)),
  );
  const plain = [1, 0, from, to].filter((value) => isWithin(value, limits));
  return [...new Set([...plain, ...places.filter((value) => isWithin(value, limits))])];
}
