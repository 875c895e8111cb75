import type { CaseLimits } from './resource-case.js';

/** How the target is set up: with how many workers, and what they may use. Cells of one sizing differ in what they are asked. */
export interface Sizing {
  readonly workers: number;
  /** Left out where the target has no limits of bench's. */
  readonly case?: CaseLimits | undefined;
}

/** The same for equal sizings, in other runs too: a case is its limits, whatever its name. */
export function sizingKey({ workers, case: limits }: Sizing): string {
  return JSON.stringify([workers, ...caseKeyOf(limits)]);
}

/** The same for cases with the same limits, and for none. */
export function caseKey({ case: limits }: Pick<Sizing, 'case'>): string {
  return JSON.stringify(caseKeyOf(limits));
}

function caseKeyOf(limits: CaseLimits | undefined): readonly unknown[] {
  return limits === undefined ? [] : [limits.cpuCores, limits.memoryBytes];
}

/** `2 workers`, or `2 workers, half a core`. */
export function sizingWords({ workers, case: limits }: Sizing): string {
  const count = workers === 1 ? '1 worker' : `${workers} workers`;
  return limits === undefined ? count : `${count}, ${limits.name}`;
}

/** How workers are written. */
export type SizingForm = '2 workers' | '2w' | '2 w';

/** What tells one sizing from the others: nothing where all are the same, else the workers, the case, or both. */
export function tellingSizings(all: readonly Sizing[]): (one: Sizing, form?: SizingForm) => string {
  const hasWorkers = new Set(all.map(({ workers }) => workers)).size > 1;
  const hasCases = new Set(all.map(caseKey)).size > 1;
  return ({ workers, case: limits }, form = '2 workers') =>
    [
      ...(hasWorkers
        ? [form === '2 workers' ? sizingWords({ workers }) : form.replace('2', String(workers))]
        : []),
      ...(hasCases ? [limits?.name ?? 'no limits'] : []),
    ].join(form === '2 workers' ? ', ' : ' ');
}

/** Each sizing once: cases in the order in which they come, in each the fewest workers first. */
export function sizingsOf(all: readonly Sizing[]): Sizing[] {
  return inSizingOrder([...new Map(all.map((one) => [sizingKey(one), one])).values()], () => 0);
}

/** In the order of `sizingsOf`, those of one sizing by `within`. */
export function inSizingOrder<One extends Sizing>(
  all: readonly One[],
  within: (a: One, b: One) => number,
): One[] {
  const cases = [...new Set(all.map(caseKey))];
  const placeOf = (one: One): number => cases.indexOf(caseKey(one));
  return [...all].sort((a, b) => placeOf(a) - placeOf(b) || a.workers - b.workers || within(a, b));
}
