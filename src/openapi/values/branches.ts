import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { schemaAt, type Schema } from '../document/schema-at.js';
import { entriesOf, listOf } from './json-type.js';

/** The branches of a oneOf or anyOf, each with the value of the discriminator that names it. */
export function branchesOf(document: OpenApiDocument, schema: Schema, word: string): readonly unknown[] {
  const branches = listOf(schema[word]);
  const name = discriminatorName(schema);
  if (name === undefined) return branches;
  return branches.map((branch) => pinned(document, branch, name, keyOf(schema, refOf(branch))));
}

/** A schema that takes another one into its allOf: how OpenAPI writes inheritance. */
export interface Child {
  readonly schema: Schema | undefined;
  /** The same, with the value of the discriminator that names it. */
  readonly pinned: unknown;
}

/** The children of a schema that has a discriminator and no branches of its own. */
export function childrenOf(document: OpenApiDocument, base: Schema): readonly Child[] {
  const name = discriminatorName(base);
  if (name === undefined || listOf(base['oneOf']).length > 0 || listOf(base['anyOf']).length > 0) return [];
  const before = knownChildren.get(base);
  if (before) return before;
  const refs = childrenIn(document).get(identityOf(base)) ?? [];
  const children = refs.map((ref) => ({
    schema: schemaAt(document, { $ref: ref }),
    pinned: pinned(document, { $ref: ref }, name, keyOf(base, ref)),
  }));
  knownChildren.set(base, children);
  return children;
}

const knownChildren = new WeakMap<Schema, readonly Child[]>();

/** The property that tells branches apart; Swagger 2.0 gives its name alone. */
function discriminatorName({ discriminator }: Schema): string | undefined {
  const name = isObject(discriminator) ? discriminator['propertyName'] : discriminator;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function refOf(branch: unknown): string | undefined {
  const ref = isObject(branch) ? branch['$ref'] : undefined;
  return typeof ref === 'string' ? ref : undefined;
}

function keyOf({ discriminator }: Schema, ref: string | undefined): string | undefined {
  if (ref === undefined) return undefined;
  const mapping = entriesOf(isObject(discriminator) ? discriminator['mapping'] : undefined);
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  return mapping.find(([, target]) => target === ref || target === name)?.[0] ?? name;
}

function pinned(document: OpenApiDocument, branch: unknown, name: string, key: string | undefined): unknown {
  const value = key === undefined ? undefined : spellingOf(document, branch, name, key);
  if (value === undefined) return branch;
  const properties = Object.fromEntries([[name, { const: value }]]);
  return { allOf: [branch, { type: 'object', properties, required: [name] }] };
}

/**
 * The key as the branch's own property allows it: many documents name the schema `Cat` and have an enum of `cat`
 * or `CAT`. Undefined where it leaves no room for the key.
 */
function spellingOf(
  document: OpenApiDocument,
  branch: unknown,
  name: string,
  key: string,
): string | undefined {
  const limits = propertiesNamed(document, branch, name, 0).flatMap(({ const: constant, enum: choices }) =>
    constant !== undefined ? [[constant]] : Array.isArray(choices) ? [choices as unknown[]] : [],
  );
  const isAllowed = (spelling: unknown): boolean => limits.every((choices) => choices.includes(spelling));
  if (isAllowed(key)) return key;
  const alike = limits.flat().filter((choice) => typeof choice === 'string');
  return alike.find((choice) => plain(choice) === plain(key) && isAllowed(choice));
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** What a schema and the parts of its allOf say of a property. */
function propertiesNamed(
  document: OpenApiDocument,
  raw: unknown,
  name: string,
  depth: number,
): readonly Schema[] {
  const schema = depth > DEEPEST ? undefined : schemaAt(document, raw);
  if (!schema) return [];
  const { properties } = schema;
  const own =
    isObject(properties) && Object.hasOwn(properties, name)
      ? schemaAt(document, properties[name])
      : undefined;
  const inParts = listOf(schema['allOf']).flatMap((part) => propertiesNamed(document, part, name, depth + 1));
  return own ? [own, ...inParts] : inParts;
}

/** Heirs of heirs of heirs: documents stay below this. */
const DEEPEST = 8;

const known = new WeakMap<OpenApiDocument, ReadonlyMap<unknown, readonly string[]>>();

/** Base → pointers of its children and theirs, over the named schemas of a document. */
function childrenIn(document: OpenApiDocument): ReadonlyMap<unknown, readonly string[]> {
  const before = known.get(document);
  if (before) return before;
  const children = new Map<unknown, string[]>();
  for (const [ref, raw] of namedSchemas(document)) {
    for (const identity of new Set(basesAbove(document, raw, 0))) {
      const heirs = children.get(identity) ?? [];
      children.set(identity, heirs);
      heirs.push(ref);
    }
  }
  known.set(document, children);
  return children;
}

/** The schemas with a discriminator that a schema takes into its allOf, at once or through others. */
function basesAbove(document: OpenApiDocument, raw: unknown, depth: number): readonly unknown[] {
  const schema = depth > DEEPEST || !isObject(raw) ? undefined : raw;
  return listOf(schema?.['allOf']).flatMap((part) => {
    const base = schemaAt(document, part);
    if (!base) return [];
    const own = refOf(part) !== undefined && base['discriminator'] !== undefined ? [identityOf(base)] : [];
    return [...own, ...basesAbove(document, base, depth + 1)];
  });
}

/** A reference with a description beside it is a schema of its own, around the same discriminator. */
function identityOf(base: Schema): unknown {
  return isObject(base['discriminator']) ? base['discriminator'] : base;
}

function namedSchemas(document: OpenApiDocument): (readonly [ref: string, raw: unknown])[] {
  const components = isObject(document['components']) ? document['components']['schemas'] : undefined;
  const tables = { '#/components/schemas/': components, '#/definitions/': document['definitions'] };
  return Object.entries(tables).flatMap(([prefix, table]) =>
    entriesOf(table).map(([name, raw]) => [prefix + escaped(name), raw] as const),
  );
}

function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
