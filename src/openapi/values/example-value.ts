import type { ValueOrigin } from '../../model/request.js';
import { isObject, type OpenApiDocument } from '../document/load-document.js';
import { plainValue, typeOf } from './plain-value.js';
import { resolveRef } from '../document/resolve-ref.js';

export interface MadeValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
}

type Schema = Record<string, unknown>;

const DEEPEST = 12;
/** Beyond this many parts of one value the rest stays empty: nested schemas can ask for billions. */
const MOST_PARTS = 10_000;

/** A value for a schema: example, default, enum or const where it has one, else the simplest that fits. */
export function exampleValue(document: OpenApiDocument, schema: unknown): MadeValue {
  const resolved = resolveRef(document, schema);
  if (!resolved) return { value: null, origin: 'generated' };
  return givenValue(resolved) ?? { value: new ValueMaker(document).generate(resolved), origin: 'generated' };
}

/** The value that a schema itself names, if it does. */
export function givenValue(schema: Schema): MadeValue | undefined {
  const { example, examples, default: preset, const: constant, enum: choices } = schema;
  if (example !== undefined) return { value: example, origin: 'example' };
  if (Array.isArray(examples) && examples.length > 0) return { value: examples[0], origin: 'example' };
  if (preset !== undefined) return { value: preset, origin: 'default' };
  if (constant !== undefined) return { value: constant, origin: 'enum' };
  if (Array.isArray(choices) && choices.length > 0) return { value: choices[0], origin: 'enum' };
  return undefined;
}

/** The properties of an object schema, with those of its allOf, and which of them are required. */
export function propertiesOf(
  document: OpenApiDocument,
  schema: unknown,
  depth = 0,
): { properties: Map<string, unknown>; required: Set<unknown> } {
  const properties = new Map<string, unknown>();
  const required = new Set<unknown>();
  const resolved = depth > DEEPEST ? undefined : resolveRef(document, schema);
  if (!resolved) return { properties, required };
  for (const part of listOf(resolved['allOf'])) {
    const inner = propertiesOf(document, part, depth + 1);
    for (const [name, property] of inner.properties) properties.set(name, property);
    for (const name of inner.required) required.add(name);
  }
  for (const [name, property] of Object.entries(
    isObject(resolved['properties']) ? resolved['properties'] : {},
  ))
    properties.set(name, property);
  for (const name of listOf(resolved['required'])) required.add(name);
  return { properties, required };
}

/** Makes one value; knows which schemas it is inside of, so that circles end. */
class ValueMaker {
  private readonly inside: Schema[] = [];
  private parts = 0;

  constructor(private readonly document: OpenApiDocument) {}

  generate(schema: Schema): unknown {
    this.parts += 1;
    if (!this.isOpen(schema)) return null;
    this.inside.push(schema);
    const value = this.build(schema);
    this.inside.pop();
    return value;
  }

  /** Whether there is an end to a value for this schema, as far as can be seen from here. */
  private isOpen(schema: Schema): boolean {
    return this.inside.length < DEEPEST && this.parts < MOST_PARTS && !this.inside.includes(schema);
  }

  private make(schema: unknown): unknown {
    const resolved = resolveRef(this.document, schema);
    if (!resolved) return null;
    const given = givenValue(resolved);
    return given ? given.value : this.generate(resolved);
  }

  private build(schema: Schema): unknown {
    const choices = [schema['oneOf'], schema['anyOf']].map(listOf).find((list) => list.length > 0);
    const isObjectLike = typeOf(schema) === 'object' || listOf(schema['allOf']).length > 0;
    if (choices && !isObject(schema['properties'])) return this.make(this.choose(choices));
    if (isObjectLike) return this.buildObject(schema);
    return typeOf(schema) === 'array' ? this.buildArray(schema) : plainValue(schema);
  }

  /** The first that is neither null nor a circle. */
  private choose(choices: readonly unknown[]): unknown {
    const useful = choices.find((choice) => {
      const resolved = resolveRef(this.document, choice);
      return resolved && typeOf(resolved) !== 'null' && this.isOpen(resolved);
    });
    return useful ?? choices[0];
  }

  /** Required properties, and those that bring a value of their own; all parts of an allOf together. */
  private buildObject(schema: Schema): unknown {
    const [first, ...others] = listOf(schema['allOf']);
    const { properties, required } = propertiesOf(this.document, schema);
    // An allOf around one schema only adds a description to it; one without properties is no object.
    const isWrapper = others.length === 0 && schema['properties'] === undefined;
    if (first !== undefined && (isWrapper || properties.size === 0)) return this.make(first);
    const entries = [...properties].flatMap(([name, property]): [string, unknown][] => {
      if (required.has(name)) return [[name, this.make(property)]];
      const given = givenValue(resolveRef(this.document, property) ?? {});
      return given ? [[name, given.value]] : [];
    });
    return Object.fromEntries(entries);
  }

  private buildArray(schema: Schema): unknown[] {
    const items = resolveRef(this.document, schema['items'] ?? {});
    const least = typeof schema['minItems'] === 'number' ? schema['minItems'] : 1;
    if (!items || (!givenValue(items) && !this.isOpen(items))) return [];
    const value = this.make(items);
    return Array.from({ length: Math.min(16, Math.max(1, least)) }, () => value);
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
