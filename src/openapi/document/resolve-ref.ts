import { isObject, type OpenApiDocument } from './load-document.js';

const DEEPEST = 32;

/**
 * The object behind a `$ref`, or the object itself. Only pointers into the same document are followed:
 * a document must not make us read files or call hosts. `undefined` when it leads nowhere.
 */
export function resolveRef(document: OpenApiDocument, value: unknown): Record<string, unknown> | undefined {
  let current = value;
  for (let hops = 0; hops < DEEPEST; hops += 1) {
    if (!isObject(current)) return undefined;
    const pointer = current['$ref'];
    if (typeof pointer !== 'string') return current;
    if (!pointer.startsWith('#/')) return undefined;
    current = lookUp(document, pointer);
  }
  return undefined;
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
