/** The steps of a JSON pointer: RFC 6901. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Beyond this many the rest is left out: what a list of lists holds is the server's choice. */
const MOST_VALUES = 10_000;

/** All values at a JSON pointer in which a step `*` stands for every element of a list. */
export function valuesAt(document: unknown, pointer: string): unknown[] {
  return stepsOf(pointer).reduce<unknown[]>(
    (here, step) => here.flatMap((value) => stepInto(value, step)).slice(0, MOST_VALUES),
    [document],
  );
}

function stepInto(value: unknown, step: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && step === '*') return value as unknown[];
  // The length of a list is its own, but no element.
  if (Array.isArray(value) && !/^\d+$/.test(step)) return [];
  return Object.hasOwn(value, step) ? [Reflect.get(value, step)] : [];
}
