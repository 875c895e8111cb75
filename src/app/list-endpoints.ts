import { REDACTED } from '../kernel/redact-text.js';
import { systemClock as clock } from '../kernel/clock.js';
import { redactPrepared } from '../config/redact-prepared.js';
import { maskFor } from '../config/redact.js';
import { type SecretMask } from '../config/secret-mask.js';
import type { DocumentProblem } from '../model/document-problem.js';
import { showHoles } from '../model/holes.js';
import type { PreflightResult } from '../model/preflight.js';
import type { Operation, PreparedOperation } from '../model/request.js';
import { chooseCredentials } from '../openapi/security/choose-credentials.js';
import { signInValues, type SignInValues } from '../openapi/security/sign-in-values.js';
import { standInFor } from '../openapi/security/sign-in-plan.js';
import { maskedObserver, withMaskedErrors } from './masked-observer.js';
import { noteBasePath } from './note-base-path.js';
import { planCells, type PlannedCell } from './plan-cells.js';
import { prepareLoad, type Credentials } from './prepare-api.js';
import { needsTarget, readApi, type Api } from './read-api.js';
import { estimateFacts, RunEstimate } from './run-estimate.js';
import { refuseRemote } from './refuse-remote.js';
import { TargetSession } from './target-session.js';
import { visitTarget, type VisitOptions } from './visit-target.js';

export type ListOptions = VisitOptions;

/** What a run would load. */
export interface Endpoints {
  readonly operations: readonly Operation[];
  /** What of the document could not be used. */
  readonly problems: readonly DocumentProblem[];
}

/** The same with its requests, without secrets. */
interface PreparedEndpoints extends Endpoints {
  readonly prepared: readonly PreparedOperation[];
}

/** Only names, since preparing requests takes longer; starts the target only when the document comes from it. */
export async function listEndpoints(options: ListOptions): Promise<Endpoints> {
  return readAndList(options, (api) => ({ operations: api.selected.map(nameOf), problems: api.problems }));
}

/** With the requests of a run, as far as they can be known before the target is asked. */
export async function listRequests(options: ListOptions): Promise<PreparedEndpoints> {
  return readAndList(options, (api, mask) => {
    const prepared = prepareLoad({ config: options.config, api, access: standIns(api) });
    return withRequests(prepared, api.problems, mask);
  });
}

function nameOf({ id, method, path, tags }: Operation): Operation {
  return { id, method, path, tags };
}

function withRequests(
  prepared: readonly PreparedOperation[],
  problems: readonly DocumentProblem[],
  mask: SecretMask,
): PreparedEndpoints {
  return {
    operations: prepared.map(({ operation }) => operation),
    prepared: prepared.map((one) =>
      redactPrepared({ ...one, blueprints: one.blueprints.map(showHoles) }, mask),
    ),
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
    const api = await readWherever(options);
    noteBasePath(api, options.config, options.observe);
    return list(api, mask);
  });
}

async function readWherever(options: ListOptions): Promise<Api> {
  const { config } = options;
  if (!needsTarget(config)) return readApi(config, undefined, options);
  const session = new TargetSession({ ...options, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start(1);
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
export interface CheckedEndpoints extends PreparedEndpoints {
  readonly results: readonly PreflightResult[];
}

/** Starts the target, signs in, sets it up, asks each operation once, and cleans up. */
export async function checkEndpoints(options: ListOptions): Promise<CheckedEndpoints> {
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

/** The requests are prepared as well, so that mistakes in `values` show. */
export async function planRun(options: ListOptions): Promise<PlannedRun> {
  const { operations } = await listRequests(options);
  const cells = planCells(options.config, operations);
  const estimate = new RunEstimate(cells, estimateFacts(options.config));
  return { cells, durationMs: estimate.remainingMs(0, false), mostMs: estimate.mostMs() };
}
