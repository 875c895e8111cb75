import type { RunConfig } from '../../model/config/run-config.js';
import type { AbStore } from '../../store/ab-store.js';
import { runTest } from '../run/run-test.js';
import { createAb, type BegunAb } from './begin-ab.js';
import { forecastAb, type AbForecast } from './forecast.js';
import { inWorktree } from './in-worktree.js';
import { measureAb, type AbResults, type AbWatch } from './measure-ab.js';
import { planRuns, type AbRun } from './plan-runs.js';
import { withWorktrees, type Worktrees } from './worktrees.js';

export interface AbOptions {
  readonly begun: BegunAb;
  /** Commands that make a revision ready. */
  readonly prepare: readonly (readonly string[])[];
  /** As it would be in the working directory. */
  readonly configOf: (run: AbRun) => Promise<RunConfig>;
  /** The words of a `bench run` that does the same, for the record. */
  readonly commandOf: (run: AbRun) => readonly string[];
  readonly version: string;
  readonly watch: AbWatch & {
    /** Before the first run; `leftMs`: how long the runs that are missing are likely to take. */
    forecast(forecast: AbForecast, leftMs: number): void;
    /** From now on there is something to go on with. */
    stored(): void;
  };
  /** Whether cells of different names may be compared. */
  readonly matchesLoosely: boolean;
  /** Whether it ends before the first run. */
  readonly isDry: boolean;
  readonly signal: AbortSignal;
}

/** `bench ab` up to the comparison: resolves to what is to be compared; null = it was a dry run. */
export async function runAb(options: AbOptions): Promise<AbResults | null> {
  const { begun, prepare, watch, signal } = options;
  const making = { plan: begun.plan, prepare, observe: watch.observe, signal };
  return withWorktrees(making, (worktrees) => measure(options, worktrees));
}

async function measure(options: AbOptions, worktrees: Worktrees): Promise<AbResults | null> {
  const { begun, watch, signal, version, commandOf, isDry, matchesLoosely } = options;
  const { plan } = begun;
  const runs = planRuns(plan);
  const configs = await configsOf(options, runs, worktrees);
  const configOf = (name: string): RunConfig => configs.get(name) as RunConfig;
  const first = { base: configOf('a-1'), candidate: configOf('b-1') };
  const forecast = await forecastAb({ configs: first, matchesLoosely, observe: watch.observe, signal });
  watch.forecast(forecast, forecast.estimate.remainingMs(await missing(runs, begun.store)));
  if (isDry) return null;
  const store = begun.store ?? (await createAb(begun));
  watch.stored();
  return measureAb({
    ...{ plan, store, runTest, version, signal, watch, estimate: forecast.estimate },
    optionsOf(run) {
      const worktree = worktrees[run.side];
      const options = { config: configOf(run.name), command: commandOf(run) };
      return worktree === undefined ? options : { ...options, gitCommit: worktree.commit };
    },
  });
}

/** All of them before anything is measured: nobody shall change a scenario between two runs. */
async function configsOf(
  { configOf }: AbOptions,
  runs: readonly AbRun[],
  worktrees: Worktrees,
): Promise<ReadonlyMap<AbRun['name'], RunConfig>> {
  const configs = new Map<AbRun['name'], RunConfig>();
  for (const run of runs) {
    const config = await configOf(run);
    const worktree = worktrees[run.side];
    configs.set(run.name, worktree === undefined ? config : inWorktree(config, worktree));
  }
  return configs;
}

async function missing(runs: readonly AbRun[], store: AbStore | undefined): Promise<readonly AbRun[]> {
  if (store === undefined) return runs;
  const states = await Promise.all(runs.map(({ name }) => store.stateOf(name)));
  return runs.filter((_, at) => states[at] !== 'finished');
}
