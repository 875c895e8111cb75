import { isOnTarget } from '../../config/spec-location.js';
import { UserError } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { DocumentProblem } from '../../model/requests/document-problem.js';
import { journeysTaken } from '../../model/config/journeys.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { SetupStep } from '../../model/config/setup-step.js';
import { describeApi } from '../../openapi/document/describe-api.js';
import type { ApiDescription, DescribedOperation } from '../../openapi/document/described-operation.js';
import type { OpenApiDocument } from '../../openapi/document/open-api-document.js';
import { isUrl } from '../../openapi/document/read-text.js';
import { resolveRules, type RulesByOperation } from '../../openapi/requests/resolve-rules.js';
import type { SignInPlans } from '../../openapi/security/plan-sign-ins.js';
import { leftOutByMethod, matches, selectOperations } from '../../openapi/selection/select-operations.js';
import type { Target } from '../../target/target.js';
import { getDocument, type GetOptions, type GotDocument } from './get-document.js';
import { leaveOutEndings } from './leave-out-endings.js';
import { journeysInWords, planJourneys } from './plan-journeys.js';
import { planChecked } from './plan-checked.js';
import { describeGiven } from './given-api.js';
import { weighOperations } from './weigh-operations.js';

/** What the document says, read once for a run. */
export interface Api extends ApiDescription {
  readonly document: OpenApiDocument;
  /** Where the document is: a path on the target, a URL, a file, or `-`. */
  readonly spec: string;
  /** Those that are loaded, in the document's order. */
  readonly selected: readonly DescribedOperation[];
  /** How to get past the guards that the document names. */
  readonly signIns: SignInPlans;
  /** Of a mixture: its part in the requests of each of the selected; empty where each is loaded alone. */
  readonly weights: ReadonlyMap<DescribedOperation, number>;
  /** What the user says of each operation alone. */
  readonly rules: RulesByOperation;
}

/** Whether the document has to come from the running target. */
export function needsTarget({ spec, requests }: RunConfig): boolean {
  return requests === null && isOnTarget(spec);
}

/** Reads the OpenAPI document, of the target unless it is elsewhere, or what stands in its place. */
export async function readApi(
  config: RunConfig,
  target: Target | undefined,
  options: GetOptions,
): Promise<Api> {
  if (config.requests !== null) return describeGiven(config, options);
  return describeFor(config, await getDocument(config, target, options), options);
}

/** What a document that has been read says, in view of what the user wants of it. */
export async function describeFor(
  config: RunConfig,
  loaded: GotDocument,
  { observe }: Pick<GetOptions, 'observe'>,
): Promise<Api> {
  const described = describeApi(loaded.document, loaded.location, {
    override: config.basePathOverride,
    wanted: config.basePath,
  });
  const { operations } = described;
  const problems = [...loaded.problems, ...described.problems];
  if (operations.length === 0) throw nothingToLoad(problems);
  refuseUnknown(config, operations);
  const signIns = planChecked(config, described.securitySchemes, operations);
  const { document, spec } = loaded;
  const { selected, weights } = await select(config, document, operations, signIns, observe);
  const used = [...selected, ...calledOutside(config, operations)];
  const rules = await resolveRules({ document, operations, used, config });
  return { ...described, document, spec, problems, selected, signIns, weights, rules };
}

/** What is loaded: what the journeys ask, or else what the user selects. */
async function select(
  config: RunConfig,
  document: OpenApiDocument,
  operations: readonly DescribedOperation[],
  signIns: SignInPlans,
  observe: GetOptions['observe'],
): Promise<Pick<Api, 'selected' | 'weights'>> {
  const journeys = journeysTaken(config);
  if (journeys !== null) {
    const asked = planJourneys(journeys, { document, operations, config });
    observe({ kind: 'notice', message: journeysInWords(journeys) });
    return { selected: [...asked.keys()], weights: asked };
  }
  noteMethods(operations, config, observe);
  const left = leaveOutEndings(selectOperations(operations, config.selection), signIns, config, observe);
  const weights = await weighOperations(left, operations, config, observe);
  return { selected: weights.size === 0 ? left : [...weights.keys()], weights };
}

/** One line about methods that few expect, so that nobody believes them loaded. */
function noteMethods(
  operations: readonly DescribedOperation[],
  { selection }: RunConfig,
  observe: GetOptions['observe'],
): void {
  const list = leftOutByMethod(operations, selection).map(({ method, path }) => `${method} ${path}`);
  const more = list.length > SHOWN_PROBLEMS ? ` and ${list.length - SHOWN_PROBLEMS} more` : '';
  const message = `Left out, since --methods is ${selection.methods.join(' ')}: ${list.slice(0, SHOWN_PROBLEMS).join(', ')}${more}.`;
  if (list.length > 0) observe({ kind: 'notice', message: oneLine(message) });
}

/** What is sent before and after the load. */
function calledOutside(
  { setup, cleanup }: RunConfig,
  operations: readonly DescribedOperation[],
): readonly DescribedOperation[] {
  const selectors = [...setup.map(({ call }) => call), ...cleanup];
  return operations.filter((operation) => selectors.some((selector) => matches(operation, selector)));
}

const SHOWN_PROBLEMS = 10;

function nothingToLoad(problems: readonly DocumentProblem[]): UserError {
  const reasons = problems.slice(0, SHOWN_PROBLEMS).map(({ where, message }) => `  ${where} ${message}`);
  const message = ['The document has no operation that could be loaded.', ...reasons.map(oneLine)].join('\n');
  return new UserError('run', message, 'Mend the document, or name another one with --spec.');
}

function refuseUnknown({ expect, setup, cleanup }: RunConfig, all: readonly DescribedOperation[]): void {
  const named = [
    ...Object.keys(expect).map((selector) => ({ what: 'expects something of', selector })),
    ...setup.map(({ call }) => ({ what: 'sets up with', selector: call })),
    ...setup
      .flatMap(({ capture }) => forSelectors(capture))
      .map((selector) => ({ what: 'captures for', selector })),
    ...cleanup.map((selector) => ({ what: 'cleans up with', selector })),
  ];
  const unknown = named.filter(({ selector }) => !all.some((one) => matches(one, selector)));
  if (unknown.length === 0) return;
  const lines = unknown.map(
    ({ what, selector }) => `The scenario ${what} ${selector}, which the document does not have.`,
  );
  throw new UserError('usage', lines.join('\n'), 'bench list shows what it has.');
}

function forSelectors(capture: SetupStep['capture']): string[] {
  return Object.values(capture).flatMap((one) =>
    typeof one === 'string' || one.for === undefined ? [] : [one.for],
  );
}

/** Reads the document before anything is started, where it is no part of the target: mistakes show early. */
export async function readApiFile(config: RunConfig, options: GetOptions): Promise<Api | undefined> {
  const isThere = !needsTarget(config) && (config.spec === null || !isUrl(config.spec));
  return isThere ? readApi(config, undefined, options) : undefined;
}
