import { plural } from '../../kernel/format.js';
import { nearest } from '../../kernel/text.js';
import { operationsNamed } from '../../model/requests/operation-selector.js';
import type { Subject } from '../../model/results/subject.js';
import type { Twin, Twins, TwinSide } from '../../model/results/twin.js';
import { operationsIn, type LoadedOperation } from './operations-in.js';

/** An operation of the document, whether it is loaded or not. */
interface KnownOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly tags: readonly string[];
}

/**
 * What is wrong with twins that could not be shown of these cells: a sentence for each operation. Twins of the scenario are
 * for all its runs, so they may name what this one does not load, as long as the document has it.
 */
export function idleTwins(
  { pairs, isOfScenario }: Twins,
  cells: readonly { readonly subject: Subject }[],
  document: readonly KnownOperation[] = [],
): string[] {
  const loaded = operationsIn(cells);
  const known = document.map((one) => ({ ...one, paths: [one.path] }));
  const problems = pairs.flatMap((twin) => {
    const found = [twin.left, twin.right].map((side) => operationsNamed(side.operation, loaded));
    const wrong = [twin.left, twin.right].flatMap((side, at) =>
      problemOf(twin, side, { found: found[at] ?? [], loaded, known, isOfScenario }),
    );
    return wrong.length > 0 ? wrong : sameTwice(twin, found);
  });
  return [...new Set(problems)];
}

interface Looked {
  readonly found: readonly LoadedOperation[];
  readonly loaded: readonly LoadedOperation[];
  readonly known: readonly LoadedOperation[];
  readonly isOfScenario: boolean;
}

function problemOf(
  twin: Twin,
  { operation }: TwinSide,
  { found, loaded, known, isOfScenario }: Looked,
): string[] {
  if (found.length === 1) return [];
  const about = `The twin ${wordsOf(twin)} names ${operation}, which`;
  if (found.length > 1) {
    const names = found.map(requestOf).slice(0, MOST_NAMED).join(' or ');
    return [`${about} means ${plural(found.length, 'operation')} of this run; name one, such as ${names}`];
  }
  if (operationsNamed(operation, known).length > 0) {
    if (isOfScenario) return [];
    return [`${about} the document has, but this run does not load; add it with --include`];
  }
  const [near] = nearest(operation, namesOf(isOfScenario ? known : loaded));
  const where = isOfScenario ? 'the document does not have' : 'this run does not load';
  return [`${about} ${where}${near === undefined ? '' : `; did you mean ${near}?`}`];
}

const MOST_NAMED = 2;

function sameTwice(twin: Twin, [left = [], right = []]: readonly LoadedOperation[][]): string[] {
  const [one] = left;
  if (one === undefined || one !== right[0]) return [];
  return [`The twin ${wordsOf(twin)} names ${requestOf(one)} twice; it needs two different operations`];
}

function wordsOf({ left, right }: Twin): string {
  return `“${left.operation}=${right.operation}”`;
}

function requestOf({ method, path }: LoadedOperation): string {
  return `${method} ${path}`;
}

function namesOf(operations: readonly LoadedOperation[]): string[] {
  return [...new Set(operations.flatMap((one) => [one.id, requestOf(one)]))];
}
