import type { DescribedOperation } from '../document/described-operation.js';
import { placeholderNames } from '../document/placeholders.js';
import { bare, singular, splitIdName } from './nouns.js';

/** Where the ids for a placeholder of a path can be had. */
export interface Collection {
  /** A GET. */
  readonly operation: DescribedOperation;
  /** Its own placeholders, and those of the consumer that stand at the same place. */
  readonly shared: ReadonlyMap<string, string>;
}

const PLACEHOLDER = /\{([^{}]+)\}/g;

/** `GET /users/{id}/orders` for the last of `/users/{user_id}/orders/{order_id}`; else one named like the parameter. */
export function findCollection(
  operations: readonly DescribedOperation[],
  consumer: DescribedOperation,
  name: string,
): Collection | undefined {
  const above = pathAbove(consumer.template, name);
  if (above === undefined) return undefined;
  const readers = operations.filter(({ method }) => method === 'GET');
  const parent = readers.find(({ template }) => shapeOf(template) === shapeOf(above));
  if (parent) {
    const names = placeholderNames(above);
    const shared = new Map(
      placeholderNames(parent.template).map((own, at): [string, string] => [own, names[at] ?? own]),
    );
    return { operation: parent, shared };
  }
  const named = namedLike(readers, wantedNoun(name, above));
  return named && { operation: named, shared: new Map() };
}

/** Whether an operation makes members of the collection above a placeholder. */
export function makesMembersOf(
  maker: DescribedOperation,
  consumer: DescribedOperation,
  name: string,
): boolean {
  const above = pathAbove(consumer.template, name);
  return above !== undefined && shapeOf(maker.template) === shapeOf(above);
}

/** What stands before a placeholder; undefined when it is no part of the path alone, as in `{id}.json`. */
export function pathAbove(template: string, name: string): string | undefined {
  const segments = template.split('/');
  const at = segments.indexOf(`{${name}}`);
  return at <= 1 ? undefined : segments.slice(0, at).join('/');
}

/** The path that ends with a placeholder. */
export function pathTo(template: string, name: string): string | undefined {
  const above = pathAbove(template, name);
  return above === undefined ? undefined : `${above}/{${name}}`;
}

/** A path as it compares: whatever its placeholders are called. */
export function shapeOf(template: string): string {
  return template.replace(PLACEHOLDER, '{}').replace(/\/+$/, '');
}

/** `/api/users` for `user`, wherever it stands; the shortest, and none that needs an id itself. */
export function namedLike(
  operations: readonly DescribedOperation[],
  noun: string,
): DescribedOperation | undefined {
  return operations
    .filter(({ template }) => !template.includes('{') && collectionNoun(template) === noun)
    .sort((a, b) => a.template.length - b.template.length)[0];
}

/** What a path holds members of, in the singular. */
export function collectionNoun(template: string): string {
  return singular(template.split('/').findLast((part) => part !== '' && !part.includes('{')) ?? '');
}

/** What a placeholder of a path names a member of, in the singular. */
export function nounOf({ template }: DescribedOperation, name: string): string {
  return wantedNoun(name, pathAbove(template, name) ?? '');
}

/** What a placeholder names a member of, in the singular. */
export function wantedNoun(name: string, above: string): string {
  const { noun } = splitIdName(name);
  return GENERIC.has(noun) ? collectionNoun(above) : singular(noun);
}

const GENERIC = new Set(['', 'item', 'resource', 'object', 'entity', 'p'].map(bare));
