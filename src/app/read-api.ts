import { resolve } from 'node:path';
import { isOnTarget } from '../config/spec-location.js';
import { UserError } from '../kernel/errors.js';
import { oneLine } from '../kernel/text.js';
import type { DocumentProblem } from '../model/document-problem.js';
import type { RunConfig } from '../model/run-config.js';
import { describeApi } from '../openapi/document/describe-api.js';
import type { ApiDescription, DescribedOperation } from '../openapi/document/described-operation.js';
import { loadDocument, type OpenApiDocument } from '../openapi/document/load-document.js';
import { isUrl, STANDARD_INPUT } from '../openapi/document/read-text.js';
import { matches, selectOperations } from '../openapi/selection/select-operations.js';
import type { Target } from '../target/target.js';

/** What the document says, read once for a run. */
export interface Api extends ApiDescription {
  readonly document: OpenApiDocument;
  /** Those that are loaded, in the document's order. */
  readonly selected: readonly DescribedOperation[];
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
  const { headers, allowExternalRefs } = config;
  const loaded = await loadDocument(location, { headers, signal, fetch, allowExternalRefs });
  const described = describeApi(loaded.document);
  const { operations } = described;
  const problems = [...loaded.problems, ...described.problems];
  if (operations.length === 0) throw nothingToLoad(problems);
  refuseUnknown(config, operations);
  const selected = selectOperations(operations, config.selection);
  return { ...described, document: loaded.document, problems, selected };
}

const SHOWN_PROBLEMS = 10;

function nothingToLoad(problems: readonly DocumentProblem[]): UserError {
  const reasons = problems.slice(0, SHOWN_PROBLEMS).map(({ where, message }) => `  ${where} ${message}`);
  const message = ['The document has no operation that could be loaded.', ...reasons.map(oneLine)].join('\n');
  return new UserError('run', message, 'Mend the document, or name another one with --spec.');
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
  if (isUrl(spec) || spec === STANDARD_INPUT) return spec;
  return needsTarget(config) ? origin + spec : resolve(folder, spec);
}
