import { resolve } from 'node:path';
import { isOnTarget } from '../config/spec-location.js';
import { UserError } from '../kernel/errors.js';
import type { RunConfig } from '../model/run-config.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import { listOperations } from '../openapi/document/list-operations.js';
import { loadDocument, type OpenApiDocument } from '../openapi/document/load-document.js';
import { resolveRules, type RulesByOperation } from '../openapi/requests/resolve-rules.js';
import { matches, selectOperations } from '../openapi/selection/select-operations.js';
import type { Target } from '../target/target.js';

/** What the document says, read once for a run. */
export interface Api {
  readonly document: OpenApiDocument;
  readonly operations: readonly DescribedOperation[];
  /** Those that are loaded, in the document's order. */
  readonly selected: readonly DescribedOperation[];
  /** What the user says of each operation alone. */
  readonly rules: RulesByOperation;
}

/** Whether the document has to come from the running target. */
export function needsTarget({ spec }: RunConfig): boolean {
  return isOnTarget(spec);
}

/** Reads the OpenAPI document, of the target unless it is elsewhere. */
export async function readApi(
  config: RunConfig,
  target: Target | undefined,
  signal: AbortSignal,
): Promise<Api> {
  const location = locationOf(config, target?.origin ?? '');
  // What leads to the target, a socket say, does not lead elsewhere.
  const fetch = target && location.startsWith(`${target.origin}/`) ? target.fetch : globalThis.fetch;
  const document = await loadDocument(location, config.headers, signal, fetch);
  const operations = listOperations(document);
  refuseUnknown(config, operations);
  const selected = selectOperations(operations, config.selection);
  const used = [...selected, ...config.setup.flatMap((selector) => firstMatch(operations, selector))];
  const rules = await resolveRules({ document, operations, used, config });
  return { document, operations, selected, rules };
}

function firstMatch(operations: readonly DescribedOperation[], selector: string): DescribedOperation[] {
  return operations.filter((operation) => matches(operation, selector)).slice(0, 1);
}

function refuseUnknown({ expect, setup }: RunConfig, all: readonly DescribedOperation[]): void {
  const named = [
    ...Object.keys(expect).map((selector) => ({ what: 'expects something of', selector })),
    ...setup.map((selector) => ({ what: 'sets up with', selector })),
  ];
  const unknown = named.filter(({ selector }) => !all.some((one) => matches(one, selector)));
  if (unknown.length === 0) return;
  const lines = unknown.map(
    ({ what, selector }) => `The scenario ${what} ${selector}, which the document does not have.`,
  );
  throw new UserError('usage', lines.join('\n'), 'bench list shows what it has.');
}

/** Reads the document before anything is started, where it is no part of the target: mistakes show early. */
export async function readApiFile(config: RunConfig, signal: AbortSignal): Promise<Api | undefined> {
  return needsTarget(config) || isUrl(config.spec) ? undefined : readApi(config, undefined, signal);
}

function locationOf(config: RunConfig, origin: string): string {
  const { spec, folder } = config;
  if (isUrl(spec)) return spec;
  return needsTarget(config) ? origin + spec : resolve(folder, spec);
}

function isUrl(spec: string): boolean {
  return /^https?:\/\//i.test(spec);
}
