import { isObject, type OpenApiDocument } from '../document/load-document.js';
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
  const children = childrenIn(document).get(identityOf(base)) ?? [];
  return children.map((ref) => ({
    schema: schemaAt(document, { $ref: ref }),
    pinned: pinned(document, { $ref: ref }, name, keyOf(base, ref)),
  }));
}

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
  if (key === undefined || !mayBe(document, branch, name, key)) return branch;
  const properties = Object.fromEntries([[name, { const: key }]]);
  return { allOf: [branch, { type: 'object', properties, required: [name] }] };
}

/** Whether the branch's own property leaves room for the key: many have an enum of other spelling. */
function mayBe(document: OpenApiDocument, branch: unknown, name: string, key: string): boolean {
  const properties = schemaAt(document, branch)?.['properties'];
  const property =
    isObject(properties) && Object.hasOwn(properties, name)
      ? schemaAt(document, properties[name])
      : undefined;
  if (!property) return true;
  const { const: constant, enum: choices } = property;
  if (constant !== undefined) return constant === key;
  return !Array.isArray(choices) || choices.includes(key);
}

const known = new WeakMap<OpenApiDocument, ReadonlyMap<unknown, readonly string[]>>();

/** Base → pointers of its children, over the named schemas of a document. */
function childrenIn(document: OpenApiDocument): ReadonlyMap<unknown, readonly string[]> {
  const before = known.get(document);
  if (before) return before;
  const children = new Map<unknown, string[]>();
  for (const [ref, raw] of namedSchemas(document)) {
    for (const part of listOf(isObject(raw) ? raw['allOf'] : undefined)) {
      const base = refOf(part) === undefined ? undefined : schemaAt(document, part);
      if (base?.['discriminator'] === undefined) continue;
      const identity = identityOf(base);
      children.set(identity, [...(children.get(identity) ?? []), ref]);
    }
  }
  known.set(document, children);
  return children;
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
