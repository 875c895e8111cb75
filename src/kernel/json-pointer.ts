/** The steps of a JSON pointer: RFC 6901. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What a parsed document holds there; undefined when nothing. */
export function valueAt(document: unknown, steps: readonly string[]): unknown {
  let here = document;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    // The length of a list is its own, but no element.
    if (Array.isArray(here) && !/^\d+$/.test(step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
