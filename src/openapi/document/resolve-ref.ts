import { isObject } from '../../kernel/is-object.js';
import type { OpenApiDocument } from './open-api-document.js';
import { lookUp } from './look-up.js';
import { resourcesOf } from './resources.js';

const MOST_HOPS = 100;

/**
 * The object behind a `$ref`, or the object itself. Only pointers into the same document are followed:
 * a document must not make us read files or call hosts. `undefined` when it leads nowhere.
 */
export function resolveRef(document: OpenApiDocument, value: unknown): Record<string, unknown> | undefined {
  const end = follow(document, value);
  return isObject(end) && referenceIn(end) === undefined ? end : undefined;
}

/** Why `resolveRef` finds nothing behind a value, in words that follow “it …”. */
export function whyUnresolved(document: OpenApiDocument, value: unknown): string {
  const end = follow(document, value);
  const pointer = referenceIn(end);
  if (pointer !== undefined) {
    const shown = `“${pointer.slice(0, 200)}”`;
    if (pointer.startsWith('#')) {
      return namedOrAt(document, pointer, end as object) === undefined
        ? `refers to ${shown}, which is not there`
        : `refers to ${shown} in a circle, or over more than ${MOST_HOPS} steps`;
    }
    return `refers to ${shown}, beyond the document: --allow-external-refs follows what lies beside it`;
  }
  return end === undefined ? 'is missing' : `is no object but ${kindOf(end)}`;
}

/** What a schema refers to; `$dynamicRef` is followed to the anchor that the text itself names. */
export function referenceIn(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const pointer = value['$ref'] ?? value['$dynamicRef'];
  return typeof pointer === 'string' ? pointer : undefined;
}

/** Where the references from a value end: at what is none, or at the one that leads no further. */
function follow(document: OpenApiDocument, value: unknown): unknown {
  let current = value;
  for (let hops = 0; hops < MOST_HOPS; hops += 1) {
    const pointer = referenceIn(current);
    if (pointer === undefined) return current;
    const next = namedOrAt(document, pointer, current as object);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** Most pointers start at the document; those that find nothing there may start at the `$id` around them. */
function namedOrAt(document: OpenApiDocument, pointer: string, from: object): unknown {
  const atOnce = pointer.startsWith('#/') ? lookUp(document, pointer) : undefined;
  return atOnce ?? resourcesOf(document).find(pointer, from);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
