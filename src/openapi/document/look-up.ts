/** What a pointer such as `#/a/b` leads to; undefined when nothing is there. */
export function lookUp(document: object, pointer: string): unknown {
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
