import { UserError } from '../kernel/errors.js';
import { FAIL_ON, type ComparedCell, type Comparison, type FailOn } from '../model/results/comparison.js';
import { nothingSucceeded } from '../model/results/no-success.js';
import type { JudgedObjective } from '../model/results/outcome.js';
import type { RunRecord } from '../model/results/run-record.js';

/** What the exit code of `bench` means; when several hold, the order is 130, 2, 3, 1, 4, 0. */
export const EXIT = {
  fine: 0,
  /** An objective was missed, no request succeeded in any cell that is not INVALID, or `list --check` found an operation that is not accepted. */
  failed: 1,
  wrongUse: 2,
  runFailed: 3,
  notValid: 4,
  interrupted: 130,
} as const;

/** The exit code of a run, from its record and the error that ended it, if any. `strict`: nothing may stay undecided. */
export function exitCodeOf(record: RunRecord, error: unknown, strict: boolean): number {
  if (record.status === 'interrupted') return EXIT.interrupted;
  if (error !== undefined) return exitCodeOfError(error);
  // Also between two cells: then no cell is marked for it.
  if (record.targetEvents.some(({ kind }) => kind === 'died')) return EXIT.runFailed;
  if (record.cells.some(({ verdict }) => verdict.reasons.some(({ id }) => id === 'target-died')))
    return EXIT.runFailed;
  if (record.services?.some(({ deaths }) => deaths.length > 0)) return EXIT.runFailed;
  if (nothingSucceeded(record.cells)) return EXIT.failed;
  // What an INVALID cell seemed to fail may be the generator's doing.
  const isAborted = record.cells.some(
    ({ closedEarly, verdict }) => closedEarly && verdict.state !== 'INVALID',
  );
  const isAnyInvalid = record.cells.some(({ verdict }) => verdict.state === 'INVALID');
  return heaviest(
    exitCodeOfObjectives(record.objectives ?? [], strict),
    isAborted ? EXIT.failed : EXIT.fine,
    isAnyInvalid ? EXIT.notValid : EXIT.fine,
  );
}

/** What objectives make of a run; those of INVALID cells are never passed. `strict`: nothing may stay undecided. */
export function exitCodeOfObjectives(objectives: readonly JudgedObjective[], strict: boolean): number {
  // One that no cell was held against has passed nothing.
  const states = objectives.flatMap(({ outcomes }) =>
    outcomes.length === 0 ? ['undecided' as const] : outcomes.map(({ state }) => state),
  );
  if (states.includes('failed') || (strict && states.includes('undecided'))) return EXIT.failed;
  return states.includes('invalid') ? EXIT.notValid : EXIT.fine;
}

/**
 * What a comparison says of its changes, from the verdict on that `failOn` names. A suspicion of the better fails nothing.
 * A cell that was not judged since it is INVALID, or a comparison without any that was, neither passes nor fails.
 */
export function exitCodeOfComparison({ outcome, cells }: Comparison, failOn: FailOn): number {
  const level = FAIL_ON.indexOf(failOn);
  if (failOn === 'never') return EXIT.fine;
  const isSuspectedWorse = cells.some(isSuspectedToBeWorse);
  const isUnsure = outcome.inconclusive > 0 || outcome.suspect > 0 || outcome.state === 'INCONCLUSIVE';
  const isFailed = [outcome.regressed > 0, isSuspectedWorse, isUnsure].slice(0, level + 1).includes(true);
  if (isFailed) return EXIT.failed;
  const isNothingJudged = cells.every(({ outcome: said }) => said === null);
  return isNothingJudged || cells.some(isUnjudgedAsInvalid) ? EXIT.notValid : EXIT.fine;
}

function isUnjudgedAsInvalid({ outcome, base, candidate }: ComparedCell): boolean {
  return outcome === null && [base.verdict, candidate.verdict].includes('INVALID');
}

function isSuspectedToBeWorse({ candidate, judgements }: ComparedCell): boolean {
  return judgements.some(({ family, basis, verdict, percent, better }) => {
    if (family !== 'primary' || verdict !== 'SUSPECT') return false;
    if (basis === 'category') return candidate.keepsUp !== true;
    return percent !== null && percent > 0 === (better === 'lower');
  });
}

const BY_WEIGHT = [EXIT.interrupted, EXIT.wrongUse, EXIT.runFailed, EXIT.failed, EXIT.notValid] as const;

/** The exit code when several hold. */
export function heaviest(...codes: readonly number[]): number {
  return BY_WEIGHT.find((code) => codes.includes(code)) ?? EXIT.fine;
}

export function exitCodeOfError(error: unknown): number {
  return error instanceof UserError && error.fault === 'usage' ? EXIT.wrongUse : EXIT.runFailed;
}
