import { nearest } from '../../kernel/text.js';
import type { DescribedOperation } from '../document/described-operation.js';
import type { OpenApiDocument } from '../document/open-api-document.js';
import { fieldsAt } from './fields-at.js';
import { readFieldPath } from './field-path.js';
import { lookupKey } from './place-parameters.js';

/** Whether an operation has a value with this key: `path.item_id`, `body`, `body.owner.name`. */
export function isKnownKey(document: OpenApiDocument, operation: DescribedOperation, key: string): boolean {
  return schemaOfKey(document, operation, key) !== undefined;
}

/** The schema of a value, as in the document; `true` where it says nothing; undefined = no such value. */
export function schemaOfKey(document: OpenApiDocument, operation: DescribedOperation, key: string): unknown {
  const { body, parameters } = operation;
  if (key === 'body') return body ? (body.schema ?? true) : undefined;
  if (body && key.startsWith('body.')) {
    const { schemas, unknown } = readFieldPath(document, body.schema, key.slice('body.'.length));
    return unknown === null ? (schemas.at(-1) ?? true) : undefined;
  }
  const wanted = lookupKey(key);
  const found = parameters.find(({ place, name }) => lookupKey(`${place}.${name}`) === wanted);
  return found && (found.schema ?? true);
}

/** The key of one of the operations that was most likely meant. */
export function guessKey(
  document: OpenApiDocument,
  operations: readonly DescribedOperation[],
  key: string,
): string | undefined {
  const known = operations.slice(0, MOST_LOOKED_AT).flatMap((one) => keysNear(document, one, key));
  return nearest(key, [...new Set(known)])[0];
}

const MOST_LOOKED_AT = 200;

/** Those of parameters, and of fields beside the one that is not known. */
function keysNear(
  document: OpenApiDocument,
  { parameters, body }: DescribedOperation,
  key: string,
): string[] {
  const keys = parameters.map(({ place, name }) => `${place}.${name}`);
  if (!body) return keys;
  if (!key.startsWith('body.')) {
    return [...keys, ...[...fieldsAt(document, body.schema).properties.keys()].map((name) => `body.${name}`)];
  }
  const path = key.slice('body.'.length);
  const { unknown, steps } = readFieldPath(document, body.schema, path);
  const before = unknown === null || unknown.before === '' ? 'body' : `body.${unknown.before}`;
  const depth = before.split('.').length;
  const after = steps
    .slice(depth)
    .map((step) => `.${step}`)
    .join('');
  return [...keys, ...(unknown?.names ?? []).map((name) => `${before}.${name}${after}`)];
}
