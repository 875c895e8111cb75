import { canonical } from './json-type.js';
import type { Shape, Tuple } from './shape.js';
import type { Grower } from './grower.js';
import { wishFor, type Wish } from './wish.js';

/** Longer arrays are not made; the check says that there are too few items. */
const LONGEST = 5000;
const TRIES_FOR_UNIQUE = 60;

/** An array with one item, or as many as it must have. Undefined when those cannot be made. */
export function growArray(grower: Grower, shape: Shape, wish: Wish): unknown[] | undefined {
  const { minItems = 0, maxItems = Infinity, minContains = 1 } = shape.limits;
  const most = Math.min(maxItems, LONGEST);
  const contained = shape.contains.length > 0 ? Math.min(minContains, most) : 0;
  const first = Math.max(0, ...shape.tuples.map((tuple) => tuple.first.length));
  const wanted = Math.min(Math.max(minItems, contained, 1, Math.min(first, 8)), most);
  const items: unknown[] = [];
  const seen = new Set<string>();
  while (items.length < wanted) {
    const index = items.length;
    const schemas = itemSchemas(shape.tuples, index);
    const schema = together(index < contained ? [...shape.contains, ...schemas] : schemas);
    const item = freshItem(grower, schema, wishFor(wish, 'item', wish.step + index), shape.isUnique, seen);
    if (item === undefined) break;
    items.push(item);
    if (shape.isUnique) seen.add(canonical(item));
  }
  const isEnough = items.length >= Math.min(Math.max(minItems, contained), LONGEST);
  return isEnough || grower.manner.isLenient ? items : undefined;
}

function itemSchemas(tuples: readonly Tuple[], index: number): readonly unknown[] {
  return tuples
    .map(({ first, rest }) => (index < first.length ? first[index] : rest))
    .filter((schema) => schema !== undefined);
}

/** One that is not there yet, when they must differ. */
function freshItem(
  grower: Grower,
  schema: unknown,
  wish: Wish,
  isUnique: boolean,
  seen: ReadonlySet<string>,
): unknown {
  for (let later = 0; later < TRIES_FOR_UNIQUE; later += 1) {
    const item = grower.grow(schema, { ...wish, step: wish.step + later });
    if (item === undefined || !isUnique || !seen.has(canonical(item))) return item;
  }
  return undefined;
}

const known = new WeakMap<object, object>();

/** One schema for several: the same for the same list's first two, so that circles can be seen. */
export function together(schemas: readonly unknown[]): unknown {
  if (schemas.length < 2) return schemas[0] ?? {};
  const [first] = schemas;
  const before = typeof first === 'object' && first !== null ? known.get(first) : undefined;
  if (before && isMadeOf(before, schemas)) return before;
  const whole = { allOf: schemas };
  if (typeof first === 'object' && first !== null) known.set(first, whole);
  return whole;
}

function isMadeOf(whole: object, schemas: readonly unknown[]): boolean {
  const parts = 'allOf' in whole && Array.isArray(whole.allOf) ? (whole.allOf as unknown[]) : [];
  return parts.length === schemas.length && parts.every((part, index) => part === schemas[index]);
}
