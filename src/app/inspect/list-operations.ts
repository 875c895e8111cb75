import { REDACTED } from '../../kernel/redact-text.js';
import { systemClock as clock } from '../../kernel/clock.js';
import { redactBuilt } from '../../config/redact-built.js';
import { maskFor } from '../../config/redact.js';
import { type SecretMask } from '../../config/secret-mask.js';
import type { DocumentProblem } from '../../model/requests/document-problem.js';
import { showHoles } from '../../model/requests/holes.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Operation, BuiltOperation } from '../../model/requests/request.js';
import { chooseCredentials } from '../../openapi/security/choose-credentials.js';
import { signInValues, type SignInValues } from '../../openapi/security/sign-in-values.js';
import { standInFor } from '../../openapi/security/sign-in-plan.js';
import { maskedObserver, withMaskedErrors } from '../target/masked-observer.js';
import { noteBasePath } from '../document/note-base-path.js';
import { noteTimeScale } from '../run/note-time-scale.js';
import { refuseIdleTwins } from '../run/refuse-idle-twins.js';
import { planCells, type PlannedCell } from '../run/plan-cells.js';
import { buildSelected, type Credentials } from '../requests/build-requests.js';
import { needsTarget, readApi, type Api } from '../document/read-api.js';
import { estimateFacts, RunEstimate } from '../run/run-estimate.js';
import { refuseRemote } from '../target/refuse-remote.js';
import { TargetSession } from '../target/target-session.js';
import { visitTarget, type VisitOptions } from './visit-target.js';

export type ListOptions = VisitOptions;

/** What a run would load. */
export interface ListedOperations {
  readonly operations: readonly Operation[];
  /** What of the document could not be used. */
  readonly problems: readonly DocumentProblem[];
}

/** The same with its requests, without secrets. */
interface BuiltOperations extends ListedOperations {
  readonly built: readonly BuiltOperation[];
}

/** Only names, since building requests takes longer; starts the target only when the document comes from it. */
export async function listOperations(options: ListOptions): Promise<ListedOperations> {
  return readAndList(options, (api) => ({ operations: api.selected.map(nameOf), problems: api.problems }));
}

/** With the requests of a run, as far as they can be known before the target is asked. */
export async function listRequests(options: ListOptions): Promise<BuiltOperations> {
  return readAndList(options, (api, mask) => requestsOf(options.config, api, mask));
}

function requestsOf(config: RunConfig, api: Api, mask: SecretMask): BuiltOperations {
  return withRequests(buildSelected({ config, api, access: standIns(api) }), api.problems, mask);
}

function nameOf({ id, method, path, tags }: Operation): Operation {
  return { id, method, path, tags };
}

function withRequests(
  built: readonly BuiltOperation[],
  problems: readonly DocumentProblem[],
  mask: SecretMask,
): BuiltOperations {
  return {
    operations: built.map(({ operation }) => operation),
    built: built.map((one) => redactBuilt({ ...one, blueprints: one.blueprints.map(showHoles) }, mask)),
    problems,
  };
}

async function readAndList<T>(
  { observe, ...rest }: ListOptions,
  list: (api: Api, mask: SecretMask) => T,
): Promise<T> {
  const mask = maskFor(rest.config);
  const options = { ...rest, observe: maskedObserver(observe, mask) };
  return withMaskedErrors(mask, async () => {
    const api = await readWherever(options, mask);
    noteBasePath(api, options.config, options.observe);
    return list(api, mask);
  });
}

async function readWherever(options: ListOptions, mask: SecretMask): Promise<Api> {
  const { config } = options;
  if (!needsTarget(config)) return readApi(config, undefined, options);
  const session = new TargetSession({ ...options, mask, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start({ workers: 1 });
    return await readApi(config, target, options);
  } finally {
    await session.close();
  }
}

/** Nobody signs in to look at requests. */
function standIns({ signIns, operations }: Api): Credentials {
  const configured = signIns.schemes.map(({ scheme, plan }) => ({
    scheme,
    credentials: [standInFor(plan, REDACTED)],
  }));
  return {
    credentialsOf: (operation) => chooseCredentials(operation, configured),
    valuesFor: (operation) =>
      Object.assign(
        {},
        ...signIns.schemes.map(({ plan }) => signInValues(plan, operation, operations)),
      ) as SignInValues,
  };
}

/** Operations as a run would load them, and what came of one request for each. */
export interface CheckedOperations extends BuiltOperations {
  readonly results: readonly PreflightResult[];
}

/** Starts the target, signs in, sets it up, asks each operation once, and cleans up. */
export async function checkOperations(options: ListOptions): Promise<CheckedOperations> {
  await refuseRemote(options.config, options.observe);
  return visitTarget(options, async ({ api: { problems }, operations, mask, ask }) => {
    const results = await ask(operations());
    return { results, ...withRequests(operations(), problems, mask) };
  });
}

/** What a run would measure, and how long that would take if the target keeps up, and if it never does. */
export interface PlannedRun {
  readonly cells: readonly PlannedCell[];
  readonly durationMs: number;
  readonly mostMs: number;
}

/** The requests are built as well, so that mistakes in `values` and twins show. */
export async function planRun(options: ListOptions): Promise<PlannedRun> {
  noteTimeScale(options.config, options.observe);
  const { operations, weights, all } = await readAndList(options, (api, mask) => ({
    ...requestsOf(options.config, api, mask),
    weights: api.weights,
    all: api.operations,
  }));
  const cells = planCells(options.config, operations, weights);
  refuseIdleTwins(options.config, cells, all);
  const estimate = new RunEstimate(cells, estimateFacts(options.config));
  return { cells, durationMs: estimate.remainingMs(0, false), mostMs: estimate.mostMs() };
}
