import { oneLine } from '../../kernel/text.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { BuiltOperation, RequestBlueprint } from '../../model/requests/request.js';
import { possibleBases } from '../../openapi/document/server-path.js';
import type { Target } from '../../target/target.js';
import type { Api } from '../document/read-api.js';
import { sendRequest } from '../requests/send-request.js';

export interface BasePathOptions {
  readonly api: Pick<Api, 'document' | 'operations' | 'spec'>;
  readonly target: Pick<Target, 'origin' | 'fetch'>;
  readonly signal: AbortSignal;
}

/** What speaks for another base path, and the one that works. */
export interface BasePathDoubt {
  /** Without a slash at its end; null = none was found. */
  readonly found: string | null;
  /** In words for people. */
  readonly notice: string;
}

type Result = Omit<PreflightResult, 'remedy'>;

const LIMIT_MS = 2000;
/** A server that answers this answers everything below a base path: then its other answers tell nothing. */
const NOWHERE = '/no-such-path-of-openapi-bench';

/**
 * Whether the paths of the document lie elsewhere on the server: all that were asked are 404, also such as need no id. Then
 * one of them is asked below other base paths. Undefined = nothing speaks for it.
 */
export async function doubtBasePath(
  options: BasePathOptions,
  operations: readonly BuiltOperation[],
  results: readonly Result[],
): Promise<BasePathDoubt | undefined> {
  const needsNoId = results.filter(({ operation }) => !operation.path.includes('{'));
  if (needsNoId.length === 0 || results.some(({ status }) => status !== 404)) return undefined;
  const lead = `${results.length === 1 ? 'The only answer of the pre-flight is' : `All ${results.length} answers of the pre-flight are`} 404`;
  const known = options.api.operations.find(({ method, path }) =>
    needsNoId.some(({ operation }) => operation.method === method && operation.path === path),
  );
  if (!known) return undefined;
  const base = known.path.slice(0, -known.template.length);
  const readable = operations.find(
    ({ operation: { method, path } }) => method === 'GET' && !path.includes('{'),
  );
  const request = readable?.blueprints[0];
  const found =
    request?.path.startsWith(base) === true ? await firstFound(options, request, base) : undefined;
  const asks = 'with --base-path PATH, or basePath: PATH in the scenario file';
  if (!request || !found) {
    const where = base === '' ? 'at the root of the server' : `below ${base}`;
    const message = `${lead}: is the base path right? The paths were asked ${where}; say where they are ${asks}.`;
    return { found: null, notice: oneLine(message) };
  }
  const { path, status } = found;
  const shown = found.base === '' ? '/' : found.base;
  const evidence = `GET ${path} answers ${status}, GET ${request.path} 404`;
  const message = `${lead}, since the base path is another one: ${evidence}. Say --base-path ${shown}, or basePath: ${shown} in the scenario file.`;
  return { found: shown, notice: oneLine(message) };
}

interface Found {
  readonly base: string;
  readonly path: string;
  readonly status: number;
}

async function firstFound(
  { api, target, signal }: BasePathOptions,
  request: RequestBlueprint,
  base: string,
): Promise<Found | undefined> {
  const statusAt = async (path: string): Promise<number | null> =>
    (await sendRequest(target, { ...request, path }, LIMIT_MS, signal)).status;
  for (const other of possibleBases(api.document, api.spec).filter((one) => one !== base)) {
    const path = other + request.path.slice(base.length);
    const status = await statusAt(path);
    if (status === null) return undefined;
    if (status !== 404 && status < 500 && (await statusAt(other + NOWHERE)) === 404)
      return { base: other, path, status };
  }
  return undefined;
}
