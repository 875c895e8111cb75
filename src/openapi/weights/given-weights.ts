import { UserError } from '../../kernel/errors.js';
import { nearest, oneLine } from '../../kernel/text.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { matches, names } from '../selection/select-operations.js';

interface GivenWeights {
  /** By operationId or `METHOD /path`. */
  readonly weights: Readonly<Record<string, number>>;
  /** Whether it is a mistake to name an operation that the document has and the run does not select. */
  readonly mustBeSelected: boolean;
}

/**
 * The weight of each selected operation: as given, else 1. Throws one error for all names that mean nothing, with the
 * nearest right spelling.
 */
export function givenWeights(
  selected: readonly DescribedOperation[],
  all: readonly DescribedOperation[],
  { weights, mustBeSelected }: GivenWeights,
): ReadonlyMap<DescribedOperation, number> {
  const given = new Map<DescribedOperation, number>();
  const problems: string[] = [];
  for (const [name, weight] of Object.entries(weights)) {
    const meant = all.filter((one) => matches(one, name) && names(one, name));
    for (const one of meant) given.set(one, weight);
    if (meant.length === 0) problems.push(unknown(name, all));
    else if (mustBeSelected && !meant.some((one) => selected.includes(one))) problems.push(notSelected(name));
  }
  if (problems.length > 0) throw new UserError('usage', problems.join('\n'), HINT);
  return new Map(selected.map((one) => [one, given.get(one) ?? 1]));
}

const HINT =
  "An operation of a mixture is named by its operationId or as 'METHOD /path': bench list shows both of each.";

function unknown(name: string, all: readonly DescribedOperation[]): string {
  const known = all.flatMap(({ id, method, path }) => [id, `${method} ${path}`]);
  const [guess] = nearest(name, [...new Set(known)]);
  return oneLine(
    `weights: there is no operation “${name}”.${guess === undefined ? '' : ` Did you mean ${guess}?`}`,
  );
}

function notSelected(name: string): string {
  return oneLine(
    `weights: “${name}” is not among the operations that this run selects: select it with --methods or --include, or give it no weight.`,
  );
}
