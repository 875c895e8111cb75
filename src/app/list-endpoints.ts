import { systemClock as clock } from '../kernel/clock.js';
import { redactPrepared } from '../config/redact-prepared.js';
import { maskFor } from '../config/redact.js';
import { REDACTED } from '../config/secret-mask.js';
import type { DocumentProblem } from '../model/document-problem.js';
import type { PreflightResult } from '../model/preflight.js';
import type { PreparedOperation } from '../model/request.js';
import { chooseCredentials } from '../openapi/security/choose-credentials.js';
import { standInFor } from '../openapi/security/sign-in-plan.js';
import { maskedObserver, withMaskedErrors } from './masked-observer.js';
import { planCells, type PlannedCell } from './plan-cells.js';
import { prepareLoad, type Credentials } from './prepare-api.js';
import { needsTarget, readApi, type Api } from './read-api.js';
import { refuseRemote } from './refuse-remote.js';
import { TargetSession } from './target-session.js';
import { visitTarget, type VisitOptions } from './visit-target.js';

export type ListOptions = VisitOptions;

export interface Endpoints {
  readonly operations: readonly PreparedOperation[];
  /** What of the document could not be used. */
  readonly problems: readonly DocumentProblem[];
}

/** What a run would load, without secrets; starts the target only when the document has to come from it. */
export async function listEndpoints({ observe, ...rest }: ListOptions): Promise<Endpoints> {
  const { config } = rest;
  const mask = maskFor(config);
  return withMaskedErrors(mask, async () => {
    const api = await readWherever({ ...rest, observe: maskedObserver(observe, mask) });
    const prepared = prepareLoad(config, api, standIns(api));
    return { operations: prepared.map((one) => redactPrepared(one, mask)), problems: api.problems };
  });
}

async function readWherever(options: ListOptions): Promise<Api> {
  const { config, signal } = options;
  if (!needsTarget(config)) return readApi(config, undefined, signal);
  const session = new TargetSession({ ...options, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start(1);
    return await readApi(config, target, signal);
  } finally {
    await session.close();
  }
}

/** Nobody signs in to look at requests. */
function standIns({ signIns }: Api): Credentials {
  const configured = signIns.schemes.map(({ scheme, plan }) => ({
    scheme,
    credentials: [standInFor(plan, REDACTED)],
  }));
  return { credentialsOf: (operation) => chooseCredentials(operation, configured) };
}

/** Operations as a run would load them, and what came of one request for each. */
export interface CheckedEndpoints extends Endpoints {
  readonly results: readonly PreflightResult[];
}

/** Starts the target, signs in, sets it up, asks each operation once, and cleans up. */
export async function checkEndpoints(options: ListOptions): Promise<CheckedEndpoints> {
  await refuseRemote(options.config, options.observe);
  return visitTarget(options, async ({ api: { problems }, operations, mask, ask }) => {
    const results = await ask(operations);
    return { problems, results, operations: operations.map((one) => redactPrepared(one, mask)) };
  });
}

/** The cells that a run would measure. */
export async function planRun(options: ListOptions): Promise<readonly PlannedCell[]> {
  const { operations } = await listEndpoints(options);
  return planCells(
    options.config,
    operations.map(({ operation }) => operation),
  );
}
