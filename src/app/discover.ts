import { resolve } from 'node:path';
import { isOnTarget } from '../config/spec-location.js';
import { UserError } from '../kernel/errors.js';
import { printable } from '../kernel/text.js';
import type { PreparedOperation, RequestBlueprint } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { prepareOperation } from '../openapi/requests/build-request.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { listOperations } from '../openapi/document/list-operations.js';
import { loadDocument } from '../openapi/document/load-document.js';
import { selectCheck } from '../openapi/selection/select-check.js';
import { matches, selectOperations } from '../openapi/selection/select-operations.js';
import type { Target } from '../target/target.js';

export interface Discovery {
  /** What is loaded, in the document's order. */
  readonly operations: readonly PreparedOperation[];
  /** What is sent once after each start of the target. */
  readonly setup: readonly RequestBlueprint[];
}

/** Whether the document has to come from the running target. */
export function needsTarget({ spec }: RunConfig): boolean {
  return isOnTarget(spec);
}

/** Reads the OpenAPI document, of the target unless it is elsewhere, and prepares the requests of a run. */
export async function discover(
  config: RunConfig,
  target: Target | undefined,
  signal: AbortSignal,
): Promise<Discovery> {
  const location = locationOf(config, target?.origin ?? '');
  // What leads to the target, a socket say, does not lead elsewhere.
  const fetch = target && location.startsWith(`${target.origin}/`) ? target.fetch : globalThis.fetch;
  const document = await loadDocument(location, config.headers, signal, fetch);
  const all = listOperations(document);
  const options = { values: config.values, headers: config.headers, seed: config.seed };
  const setup = config.setup.map((selector) => {
    const operation = all.find((candidate) => matches(candidate, selector));
    if (!operation)
      throw new UserError(
        'usage',
        `The scenario's setup names ${selector}, which the document does not have.`,
      );
    return prepareOperation(document, operation, options).blueprints[0] as RequestBlueprint;
  });
  refuseUnknown(config.expect, all);
  const operations = selectOperations(all, config.selection).map((operation) => ({
    ...prepareOperation(document, operation, options),
    check: selectCheck(operation, config.expect),
  }));
  return { operations, setup };
}

function refuseUnknown(expect: RunConfig['expect'], all: readonly DescribedOperation[]): void {
  const unknown = Object.keys(expect).find((selector) => !all.some((one) => matches(one, selector)));
  if (unknown === undefined) return;
  throw new UserError(
    'usage',
    `The scenario expects something of ${unknown}, which the document does not have.`,
  );
}

/** Fails early on a document in a file, which needs no target to be read. */
export async function checkDocumentFile(config: RunConfig, signal: AbortSignal): Promise<void> {
  if (!needsTarget(config) && !isUrl(config.spec)) await discover(config, undefined, signal);
}

function locationOf(config: RunConfig, origin: string): string {
  const { spec, folder } = config;
  if (isUrl(spec)) return spec;
  return needsTarget(config) ? origin + spec : resolve(folder, spec);
}

function isUrl(spec: string): boolean {
  return /^https?:\/\//i.test(spec);
}

/** Sends the scenario's setup requests one after another; each must succeed. */
export async function runSetup(
  target: Target,
  setup: readonly RequestBlueprint[],
  signal: AbortSignal,
): Promise<void> {
  for (const { method, path, headers, body } of setup) {
    const named: Record<string, string> = {};
    for (let at = 0; at < headers.length; at += 2) named[headers[at] as string] = headers[at + 1] as string;
    const answer = await target.fetch(target.origin + path, { method, headers: named, body, signal });
    if (answer.ok) {
      await answer.arrayBuffer();
      continue;
    }
    const said = printable((await answer.text()).slice(0, 500));
    throw new UserError(
      'run',
      `The setup request ${method} ${path} was answered with status ${answer.status}.`,
      said,
    );
  }
}
