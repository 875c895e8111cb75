import type { ConfinedCase } from '../target/confine-cases.js';
import type { EnginePlan } from './plan-engine.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import type { AbPair, RunRecord } from '../../model/results/run-record.js';

export interface RunOptions {
  readonly config: RunConfig;
  /** The words of the command line, for the record. */
  readonly command: readonly string[];
  readonly version: string;
  /** Of a run of `bench ab`. */
  readonly pair?: AbPair;
  /** Of the code that is measured; left out = that of the working directory. */
  readonly gitCommit?: string;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** What is decided before anything is started. */
export interface RunPlans {
  readonly engine: EnginePlan;
  /** Empty = the target is not limited. */
  readonly cases: readonly ConfinedCase[];
}

export interface RunResult {
  readonly record: RunRecord;
  /** The results directory. */
  readonly folder: string;
  /** Why the run could not go on; what was measured before is in the record. */
  readonly error: unknown;
}
