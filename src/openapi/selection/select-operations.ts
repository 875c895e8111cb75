import { UserError } from '../../kernel/errors.js';
import { nearest, oneLine } from '../../kernel/text.js';
import type { Selection } from '../../model/config/run-config.js';
import { operationSelector } from '../../model/requests/operation-selector.js';
import type { DescribedOperation } from '../document/described-operation.js';

/** The operations that a run loads; an error with the nearest names when there are none. */
export function selectOperations(
  operations: readonly DescribedOperation[],
  selection: Selection,
): DescribedOperation[] {
  refuseUnknownNames(operations, [...selection.include, ...selection.exclude]);
  const selected = operations.filter((operation) => isSelected(operation, selection));
  if (selected.length > 0) return selected;
  throw new UserError('usage', noneSelected(operations, selection), listSome(operations));
}

/** Methods that every version of OpenAPI knows: a user who leaves them out knows of them. */
const USUAL_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];

/** Those of unusual methods that are left out for their method alone. */
export function leftOutByMethod(
  operations: readonly DescribedOperation[],
  selection: Selection,
): readonly DescribedOperation[] {
  const unusual = operations.filter(({ method }) => !USUAL_METHODS.includes(method));
  const methods = [...selection.methods, ...unusual.map(({ method }) => method)];
  return unusual.filter((one) => !isSelected(one, selection) && isSelected(one, { ...selection, methods }));
}

function isSelected(operation: DescribedOperation, selection: Selection): boolean {
  const { methods, pathPrefixes, include, exclude, leftOut } = selection;
  if (pathPrefixes.length > 0 && !pathPrefixes.some((prefix) => startsWith(operation, prefix))) return false;
  if (exclude.some((selector) => matches(operation, selector))) return false;
  const wanted = include.filter((selector) => matches(operation, selector));
  if (include.length > 0 && wanted.length === 0) return false;
  // Being named outweighs the defaults of method and scenario; a tag or a `*` names nothing.
  const isNamed = wanted.some((selector) => names(operation, selector));
  const isMethodNamed = isNamed || wanted.some((selector) => /^[A-Za-z]+\s+\//.test(selector.trim()));
  const isLeftOut = leftOut.some((selector) => matches(operation, selector));
  return (isMethodNamed || methods.includes(operation.method.toUpperCase())) && (isNamed || !isLeftOut);
}

/** Whether a selector that matches this operation names it alone. */
export function names({ id }: DescribedOperation, selector: string): boolean {
  return selector === id || (!selector.includes('*') && /\s\//.test(selector));
}

function startsWith(operation: DescribedOperation, prefix: string): boolean {
  return operation.path.startsWith(prefix) || operation.template.startsWith(prefix);
}

/** Whether a selector is about an operation. */
export function matches({ id, method, path, template, tags }: DescribedOperation, selector: string): boolean {
  return operationSelector(selector)({ id, method, paths: [path, template], tags });
}

function refuseUnknownNames(operations: readonly DescribedOperation[], selectors: readonly string[]): void {
  const unknown = selectors.filter(
    (selector) => !operations.some((operation) => matches(operation, selector)),
  );
  if (unknown.length === 0) return;
  const known = operations.flatMap(({ id, tags, method, path }) => [id, ...tags, `${method} ${path}`]);
  const lines = unknown.map((selector) => {
    const [guess] = nearest(selector, [...new Set(known)]);
    return `No operation matches “${selector}”.${guess === undefined ? '' : ` Did you mean ${shown(guess)}?`}`;
  });
  throw new UserError('usage', lines.join('\n'), listSome(operations));
}

function noneSelected(operations: readonly DescribedOperation[], selection: Selection): string {
  const wishes = [
    `methods ${selection.methods.join(' ')}`,
    ...selection.pathPrefixes.map((prefix) => `path prefix ${prefix}`),
    ...selection.include.map((selector) => `include ${selector}`),
    ...selection.exclude.map((selector) => `exclude ${selector}`),
  ];
  return `None of the ${operations.length} operations of the document matches ${wishes.join(', ')}.`;
}

const SHOWN = 12;
const MOST_CHARACTERS = 120;

/** A name from the document, which may be of any length and steer a terminal. */
function shown(name: string): string {
  return name.length > MOST_CHARACTERS ? `${oneLine(name.slice(0, MOST_CHARACTERS))}…` : oneLine(name);
}

function listSome(operations: readonly DescribedOperation[]): string {
  const lines = operations
    .slice(0, SHOWN)
    .map(({ id, method, path }) => `  ${method} ${shown(path)}  (${shown(id)})`);
  const more = operations.length > SHOWN ? `\n  … and ${operations.length - SHOWN} more: see bench list` : '';
  return `The document has:\n${lines.join('\n')}${more}`;
}
