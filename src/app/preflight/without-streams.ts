import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import { resultOf, type PreflightResult } from '../../model/results/preflight.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { isStreaming } from '../../openapi/document/read-answers.js';
import type { Api } from '../document/read-api.js';
import type { Observer } from '../../model/live/run-events.js';

/** The operations that can be loaded: a load of answers that never end would be a count of open connections. */
export function withoutStreams(
  built: readonly BuiltOperation[],
  results: readonly PreflightResult[] | undefined,
  api: Pick<Api, 'operations'> | undefined,
  observe: Observer,
): readonly Operation[] {
  const all = built.map(({ operation }) => operation);
  const streams = all.filter((one) => isStream(one, results ?? [], api?.operations ?? []));
  if (streams.length === 0) return all;
  const names = streams.map(({ method, path }) => `${method} ${path}`).join(', ');
  const message = oneLine(`Not loaded, since their answers do not end (streams of events): ${names}.`);
  if (streams.length === all.length) throw new UserError('usage', message);
  observe({ kind: 'notice', message });
  return all.filter((one) => !streams.includes(one));
}

/** As was seen, else as the document says. */
function isStream(
  operation: Operation,
  results: readonly PreflightResult[],
  described: readonly DescribedOperation[],
): boolean {
  const result = resultOf(results, operation);
  if (result?.state === 'ok') return result.isStream === true;
  const { method, path } = operation;
  return described.some((one) => one.method === method && one.path === path && isStreaming(one));
}
