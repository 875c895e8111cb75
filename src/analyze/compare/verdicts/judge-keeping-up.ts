import type { ChangeVerdict, JudgedChange } from '../../../model/results/comparison.js';
import { fisherPValue } from '../statistics/proportions.js';
import type { Draft, Ruling } from './draft.js';
import type { Named } from './judge-log-change.js';

/** Whether the target kept up, in each run. */
export interface KeptUp {
  readonly named: Named;
  readonly base: readonly boolean[];
  readonly candidate: readonly boolean[];
}

/** With fewer runs on a side, all of them on one side of the limit may be chance. */
const LEAST_RUNS = 3;

/**
 * A category: latencies of a target that does not keep up tell how long it was loaded. All runs of one side kept up and none
 * of the other: that is a change. Some did and some did not: only if that is more than chance.
 */
export function judgeKeepingUp(kept: KeptUp): Draft {
  const { named, base, candidate } = kept;
  const counted = (runs: readonly boolean[]): { hits: number; of: number } => ({
    hits: runs.filter((one) => one).length,
    of: runs.length,
  });
  const pValue = fisherPValue(counted(base), counted(candidate));
  return { family: named.family, pValue, settle: (ruling) => settle(kept, pValue, ruling) };
}

function settle(
  { named, base, candidate }: KeptUp,
  pValue: number,
  { adjustedPValue, isFound }: Ruling,
): JudgedChange {
  const share = (runs: readonly boolean[]): number => runs.filter((one) => one).length / runs.length;
  const change = share(candidate) - share(base);
  const isSweeping = Math.abs(change) === 1;
  const hasEnough = Math.min(base.length, candidate.length) >= LEAST_RUNS;
  const found: ChangeVerdict = change < 0 ? 'REGRESSED' : 'IMPROVED';
  const ifNotFound: ChangeVerdict = isSweeping ? 'SUSPECT' : 'INCONCLUSIVE';
  const verdict = (isSweeping && hasEnough) || (isFound && change !== 0) ? found : ifNotFound;
  const isOpen = verdict === ifNotFound;
  return {
    ...named,
    basis: 'category',
    percent: null,
    interval: null,
    marginPercent: null,
    pValue,
    adjustedPValue,
    verdict,
    neededRepeats: isOpen ? Math.max(LEAST_RUNS, Math.min(base.length, candidate.length) + 1) : null,
    detectablePercent: null,
    why: `kept up in ${runsOf(base)} of A and in ${runsOf(candidate)} of B`,
  };
}

function runsOf(kept: readonly boolean[]): string {
  const count = kept.filter((one) => one).length;
  return kept.length === 1 ? (count === 1 ? 'the run' : 'no run') : `${count} of ${kept.length} runs`;
}
