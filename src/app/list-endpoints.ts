import { systemClock as clock } from '../kernel/clock.js';
import type { DocumentProblem } from '../model/document-problem.js';
import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { planCells, type PlannedCell } from './plan-cells.js';
import { prepareLoad } from './prepare-api.js';
import { needsTarget, readApi, type Api } from './read-api.js';
import type { Observer } from './run-events.js';
import { TargetSession } from './target-session.js';

export interface ListOptions {
  readonly config: RunConfig;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

export interface Endpoints {
  readonly operations: readonly PreparedOperation[];
  /** What of the document could not be used. */
  readonly problems: readonly DocumentProblem[];
}

/** What a run would load; starts the target only when the document has to come from it. */
export async function listEndpoints(options: ListOptions): Promise<Endpoints> {
  const { config, signal } = options;
  if (!needsTarget(config)) return endpointsOf(config, await readApi(config, undefined, signal));
  const session = new TargetSession({ ...options, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start(1);
    return endpointsOf(config, await readApi(config, target, signal));
  } finally {
    await session.close();
  }
}

function endpointsOf(config: RunConfig, api: Api): Endpoints {
  return { operations: prepareLoad(config, api), problems: api.problems };
}

/** The cells that a run would measure. */
export async function planRun(options: ListOptions): Promise<readonly PlannedCell[]> {
  const { operations } = await listEndpoints(options);
  return planCells(
    options.config,
    operations.map(({ operation }) => operation),
  );
}
