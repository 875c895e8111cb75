import { systemClock as clock } from '../kernel/clock.js';
import type { PreflightResult } from '../model/preflight.js';
import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { Leftovers } from './clean-up.js';
import { planCells, type PlannedCell } from './plan-cells.js';
import { runPreflight } from './preflight.js';
import { prepareLoad } from './prepare-api.js';
import { needsTarget, readApi, readApiFile } from './read-api.js';
import { readyTarget, type Readied } from './ready-target.js';
import { refuseRemote } from './refuse-remote.js';
import type { Observer } from './run-events.js';
import { TargetSession } from './target-session.js';

export interface ListOptions {
  readonly config: RunConfig;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** What a run would load; starts the target only when the document has to come from it. */
export async function listEndpoints(options: ListOptions): Promise<readonly PreparedOperation[]> {
  const { config, signal } = options;
  if (!needsTarget(config)) return prepareLoad(config, await readApi(config, undefined, signal));
  const session = new TargetSession({ ...options, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start(1);
    return prepareLoad(config, await readApi(config, target, signal));
  } finally {
    await session.close();
  }
}

/** Operations as a run would load them, and what came of one request for each. */
export interface CheckedEndpoints extends Readied {
  readonly results: readonly PreflightResult[];
}

/** Starts the target, sets it up, asks each operation once, and cleans up. */
export async function checkEndpoints(options: ListOptions): Promise<CheckedEndpoints> {
  const { config, observe, signal } = options;
  await refuseRemote(config, observe);
  const leftovers = new Leftovers();
  const known = await readApiFile(config, signal);
  const session = new TargetSession({ ...options, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start(config.workers[0] ?? 1);
    const ready = await readyTarget({ ...options, target, known, leave: leftovers.leave });
    return { ...ready, results: await runPreflight({ ...options, ...ready, target }) };
  } finally {
    await leftovers.takeBack(options, session.running).finally(() => session.close());
  }
}

/** The cells that a run would measure. */
export async function planRun(options: ListOptions): Promise<readonly PlannedCell[]> {
  const operations = await listEndpoints(options);
  return planCells(
    options.config,
    operations.map(({ operation }) => operation),
  );
}
