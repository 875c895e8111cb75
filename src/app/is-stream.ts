import { resultOf, type PreflightResult } from '../model/preflight.js';
import type { Operation } from '../model/request.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { isStreaming } from '../openapi/document/read-answers.js';

/** Whether the answers of an operation do not end by themselves: as was seen, else as the document says. */
export function isStream(
  operation: Operation,
  results: readonly PreflightResult[],
  described: readonly DescribedOperation[],
): boolean {
  const result = resultOf(results, operation);
  if (result?.state === 'ok') return result.isStream === true;
  const { method, path } = operation;
  return described.some((one) => one.method === method && one.path === path && isStreaming(one));
}
