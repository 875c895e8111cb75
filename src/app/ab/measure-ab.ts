import { systemClock as clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { plural } from '../../kernel/format.js';
import type { Observer } from '../../model/live/run-events.js';
import type { AbPlan } from '../../model/results/ab-plan.js';
import type { AbStore } from '../../store/ab-store.js';
import type { RunOptions, RunResult } from '../run/run-result.js';
import type { AbEstimate } from './ab-estimate.js';
import { inWhoseName, ofSomebody } from './in-whose-name.js';
import { planRuns, type AbRun } from './plan-runs.js';

/** How many runs in which the generator was the limit are measured again; they are replaced before anybody has looked at figures. */
const MOST_REPLACED = 2;

/** What the work has come to; `leftMs` is what all that is left is likely to take, this run included when it begins. */
export interface AbMoment {
  readonly run: AbRun;
  /** From 1. */
  readonly number: number;
  readonly runs: number;
  readonly leftMs: number;
}

export interface AbWatch {
  /** Of the run that is measured. */
  readonly observe: Observer;
  began(moment: AbMoment): void;
  ended(moment: AbMoment): void;
}

export interface AbWork {
  readonly plan: AbPlan;
  readonly store: AbStore;
  readonly runTest: (options: RunOptions) => Promise<Pick<RunResult, 'error'>>;
  readonly estimate: AbEstimate;
  /** What a run is done with. */
  readonly optionsOf: (run: AbRun) => Pick<RunOptions, 'config' | 'command' | 'gitCommit'>;
  readonly version: string;
  readonly watch: AbWatch;
  readonly signal: AbortSignal;
}

/** The results directories of the sides, in the order of their pairs. */
export interface AbResults {
  readonly base: readonly string[];
  readonly candidate: readonly string[];
}

/** Measures all runs of a plan that are not there yet. Throws what kept a run from its end; those before are kept. */
export async function measureAb(work: AbWork): Promise<AbResults> {
  const { plan, store } = work;
  const runs = planRuns(plan);
  for (const run of runs) await measureUntilValid(work, run, runs);
  const foldersOf = (side: AbRun['side']): string[] =>
    runs.filter((run) => run.side === side).map(({ name }) => store.folderOf(name));
  return { base: foldersOf('base'), candidate: foldersOf('candidate') };
}

async function measureUntilValid(work: AbWork, run: AbRun, runs: readonly AbRun[]): Promise<void> {
  const { store, watch } = work;
  for (;;) {
    const state = await store.stateOf(run.name);
    if (state === 'finished') return;
    if (state === 'invalid' && (await store.replaced()) >= MOST_REPLACED) {
      watch.observe({ kind: 'notice', message: stays(run) });
      return;
    }
    if (state !== 'missing') {
      const place = await store.setAside(run.name, state);
      if (state === 'invalid') watch.observe({ kind: 'notice', message: isReplaced(run, place) });
    }
    await measureOnce(work, run, runs);
  }
}

async function measureOnce(work: AbWork, run: AbRun, runs: readonly AbRun[]): Promise<void> {
  const { plan, store, estimate, watch, signal, version } = work;
  signal.throwIfAborted();
  const at = runs.indexOf(run);
  const moment = { run, number: at + 1, runs: runs.length };
  watch.began({ ...moment, leftMs: estimate.remainingMs(runs.slice(at)) });
  const beganUs = clock.nowUs();
  const { config, ...options } = work.optionsOf(run);
  const result = await inWhoseName(titleOf(run), () =>
    work.runTest({
      ...{ ...options, version, signal, observe: watch.observe },
      config: { ...config, out: store.folderOf(run.name), repeats: 1, order: 'random' },
      pair: { id: plan.id, index: run.pair, side: run.side },
    }),
  );
  signal.throwIfAborted();
  if (result.error !== undefined) throw ofSomebody(titleOf(run), result.error);
  if ((await store.stateOf(run.name)) === 'unsuccessful') throw noSuccess(run, store.folderOf(run.name));
  estimate.runTook(run, (clock.nowUs() - beganUs) / 1000);
  watch.ended({ ...moment, leftMs: estimate.remainingMs(runs.slice(at + 1)) });
}

function titleOf({ name, side }: AbRun): string {
  return `Run ${name}, of the ${side}`;
}

function isReplaced(run: AbRun, place: string): string {
  return `${titleOf(run)}, is INVALID: the generator was the limit in it. It is kept in ${place}, and measured again.`;
}

function stays(run: AbRun): string {
  return `${titleOf(run)}, is INVALID, and stays: ${plural(MOST_REPLACED, 'run')} were measured again already. What of it is INVALID is not compared.`;
}

function noSuccess({ name, side }: AbRun, folder: string): UserError {
  return new UserError(
    'run',
    `No request of run ${name}, of the ${side}, succeeded: there is nothing to compare.`,
    `bench plot ${folder} shows what the server answered.`,
  );
}
