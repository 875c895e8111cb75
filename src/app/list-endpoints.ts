import { systemClock as clock } from '../kernel/clock.js';
import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { discover, needsTarget } from './discover.js';
import { planCells, type PlannedCell } from './plan-cells.js';
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
  if (!needsTarget(config)) return (await discover(config, undefined, signal)).operations;
  const session = new TargetSession({ ...options, clock, logFile: null });
  try {
    await session.prepare();
    const target = await session.start(1);
    return (await discover(config, target, signal)).operations;
  } finally {
    await session.close();
  }
}

/** The cells that a run would measure. */
export async function planRun(options: ListOptions): Promise<readonly PlannedCell[]> {
  return planCells(options.config, await listEndpoints(options));
}
