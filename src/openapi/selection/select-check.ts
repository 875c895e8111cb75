import type { AnswerCheck } from '../../model/requests/answer-check.js';
import type { Expectation } from '../../model/config/expectation.js';
import type { DescribedOperation } from '../document/described-operation.js';
import { matches } from './select-operations.js';

export interface CheckSources {
  readonly expectations: Readonly<Record<string, Expectation>>;
  /** Said of this operation beside its values, after all others. */
  readonly own?: Expectation | undefined;
  /** Statuses of redirects, where the document has no other success for it. */
  readonly redirects?: readonly number[];
}

/**
 * What is expected of an operation's answers, from all selectors that match it: of two that say the same
 * thing (status, headers, json, bytes) the later one counts. Undefined = nothing but a 2xx.
 */
export function selectCheck(
  operation: DescribedOperation,
  { expectations, own, redirects = [] }: CheckSources,
): AnswerCheck | undefined {
  const found = Object.entries(expectations)
    .filter(([selector]) => matches(operation, selector))
    .map(([, expectation]) => expectation);
  if (own) found.push(own);
  if (found.length === 0 && redirects.length === 0) return undefined;
  const { status, headers, json, bytes } = Object.assign({}, ...found) as Expectation;
  return {
    status: (status ?? ['2xx', ...redirects]).map(rangeOf),
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).map(([name, text]) => [name.toLowerCase(), text]),
    ),
    json: json ?? {},
    bytes: bytes === undefined ? null : { min: bytes.min ?? 0, max: bytes.max ?? null },
  };
}

/** `2xx` is 200 to 299. */
function rangeOf(status: number | string): [number, number] {
  if (typeof status === 'number') return [status, status];
  const from = Number(status.charAt(0)) * 100;
  return [from, from + 99];
}
