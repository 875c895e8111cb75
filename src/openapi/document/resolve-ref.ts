import { isObject, type OpenApiDocument } from './open-api-document.js';
import { visitPositions } from './visit-positions.js';

const MOST_HOPS = 100;

/**
 * The object behind a `$ref`, or the object itself. Only pointers into the same document are followed:
 * a document must not make us read files or call hosts. `undefined` when it leads nowhere.
 */
export function resolveRef(document: OpenApiDocument, value: unknown): Record<string, unknown> | undefined {
  const end = follow(document, value);
  return isObject(end) && typeof end['$ref'] !== 'string' ? end : undefined;
}

/** Why `resolveRef` finds nothing behind a value, in words that follow “it …”. */
export function whyUnresolved(document: OpenApiDocument, value: unknown): string {
  const end = follow(document, value);
  const pointer = isObject(end) ? end['$ref'] : undefined;
  if (typeof pointer === 'string') {
    const shown = `“${pointer.slice(0, 200)}”`;
    if (pointer.startsWith('#')) {
      return namedOrAt(document, pointer) === undefined
        ? `refers to ${shown}, which is not there`
        : `refers to ${shown} in a circle, or over more than ${MOST_HOPS} steps`;
    }
    return `refers to ${shown}, beyond the document: --allow-external-refs follows what lies beside it`;
  }
  return end === undefined ? 'is missing' : `is no object but ${kindOf(end)}`;
}

/** Where the references from a value end: at what is none, or at the one that leads no further. */
function follow(document: OpenApiDocument, value: unknown): unknown {
  let current = value;
  for (let hops = 0; hops < MOST_HOPS; hops += 1) {
    const pointer = isObject(current) ? current['$ref'] : undefined;
    if (typeof pointer !== 'string') return current;
    const next = namedOrAt(document, pointer);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function namedOrAt(document: OpenApiDocument, pointer: string): unknown {
  return pointer.startsWith('#/') ? lookUp(document, pointer) : namesOf(document).get(pointer);
}

function lookUp(document: OpenApiDocument, pointer: string): unknown {
  let current: unknown = document;
  for (const token of pointer.slice(2).split('/')) {
    const key = decodeToken(token);
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}

function decodeToken(token: string): string {
  return decodePercent(token).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** Before the rest, as RFC 6901 has it for pointers in URLs. */
function decodePercent(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

const names = new WeakMap<OpenApiDocument, ReadonlyMap<string, unknown>>();

/** Schemas by the name that 3.1 lets them give themselves: `#` and `$anchor`, or `$id`. */
function namesOf(document: OpenApiDocument): ReadonlyMap<string, unknown> {
  const known = names.get(document);
  if (known) return known;
  const found = new Map<string, unknown>();
  visitPositions(document, (node) => {
    const { $anchor, $id } = node;
    if (typeof $anchor === 'string') found.set(`#${$anchor}`, node);
    if (typeof $id === 'string' && $id !== '' && !$id.startsWith('#')) found.set($id, node);
  });
  names.set(document, found);
  return found;
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
