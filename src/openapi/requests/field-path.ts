import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { fieldsAt } from './fields-at.js';

/** The way to a field inside a body, as far as the document knows it. */
export interface FieldPath {
  readonly steps: readonly string[];
  /** For each step the schema of what it leads to, as in the document; `true` where nothing is known. */
  readonly schemas: readonly unknown[];
  /** Whether the document names every step. */
  readonly isKnown: boolean;
  /** The names at the first step that the document does not have; null = it knows all. */
  readonly unknown: { readonly before: string; readonly names: readonly string[] } | null;
}

/** Reads `a.b`, `items.0.sku`; a property whose own name holds dots goes first. */
export function readFieldPath(document: OpenApiDocument, schema: unknown, path: string): FieldPath {
  const steps: string[] = [];
  const schemas: unknown[] = [];
  let unknown: FieldPath['unknown'] = null;
  let isKnown = true;
  let here = schema;
  let rest: string | undefined = path;
  while (rest !== undefined) {
    const { properties, items, isOpen } = fieldsAt(document, here);
    const [first = '', ...others]: string[] = properties.has(rest) ? [rest] : rest.split('.');
    const isIndex = items !== undefined && /^(0|[1-9]\d{0,2})$/.test(first);
    const isNamed = properties.has(first) || isIndex;
    isKnown &&= isNamed;
    if (!isNamed && !isOpen) unknown ??= { before: steps.join('.'), names: [...properties.keys()] };
    here = properties.has(first) ? properties.get(first) : isIndex ? items : true;
    steps.push(first);
    schemas.push(here);
    rest = others.length > 0 ? others.join('.') : undefined;
  }
  return { steps, schemas, isKnown, unknown };
}

/** Makes what is missing on the way to a field: an object or a list to put it in. */
export type MakeMissing = (depth: number) => unknown;

/** A copy with the field at the end of the steps set; undefined when something on the way holds no fields. */
export function withField(
  value: unknown,
  steps: readonly string[],
  wanted: unknown,
  makeMissing: MakeMissing,
  depth = 0,
): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return wanted;
  const holder = value ?? asHolder(depth === 0 ? undefined : makeMissing(depth - 1), step);
  if (Array.isArray(holder)) return withElement(holder, step, rest, wanted, makeMissing, depth);
  if (!isObject(holder)) return undefined;
  const before = Object.hasOwn(holder, step) ? holder[step] : undefined;
  const inner = withField(before, rest, wanted, makeMissing, depth + 1);
  if (inner === undefined) return undefined;
  // By entries: a field may be named __proto__.
  return Object.fromEntries(new Map(Object.entries(holder)).set(step, inner));
}

function asHolder(made: unknown, step: string): unknown {
  if (isObject(made) || Array.isArray(made)) return made;
  return /^\d+$/.test(step) ? [] : {};
}

const LONGEST_LIST = 1000;

function withElement(
  list: readonly unknown[],
  step: string,
  rest: readonly string[],
  wanted: unknown,
  makeMissing: MakeMissing,
  depth: number,
): unknown {
  const at = Number(step);
  if (!/^\d+$/.test(step) || at >= LONGEST_LIST) return undefined;
  // Gaps are filled like the element itself.
  const filled = Array.from({ length: Math.max(list.length, at + 1) }, (_, index) =>
    index < list.length ? list[index] : index < at ? makeMissing(depth) : undefined,
  );
  const inner = withField(filled[at], rest, wanted, makeMissing, depth + 1);
  return inner === undefined ? undefined : filled.with(at, inner);
}

/** A copy without the field at the end of the steps. */
export function withoutField(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    const list = value as unknown[];
    if (!/^\d+$/.test(step) || Number(step) >= list.length) return list;
    const at = Number(step);
    return rest.length === 0 ? list.toSpliced(at, 1) : list.with(at, withoutField(list[at], rest));
  }
  if (!isObject(value) || !Object.hasOwn(value, step)) return value;
  const entries = new Map(Object.entries(value));
  if (rest.length === 0) entries.delete(step);
  else entries.set(step, withoutField(value[step], rest));
  return Object.fromEntries(entries);
}
