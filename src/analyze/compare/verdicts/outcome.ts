import {
  CHANGE_VERDICTS,
  type ChangeVerdict,
  type ComparedCell,
  type ComparisonOutcome,
  type JudgedChange,
} from '../../../model/results/comparison.js';
import type { JudgedRepeats } from './repeats-to-judge.js';

/** What the primary figures of a cell say together: the weightiest of their verdicts. */
export function outcomeOf(
  { base, candidate, leftOut }: JudgedRepeats,
  judgements: readonly JudgedChange[],
): Pick<ComparedCell, 'outcome' | 'why'> {
  if (base.length === 0 || candidate.length === 0)
    return { outcome: null, why: `INVALID on ${sidesWithout(base.length, candidate.length)}` };
  if (judgements.length === 0) return { outcome: null, why: 'no request succeeded on either side' };
  const primary = judgements.filter(({ family, verdict }) => family === 'primary' && verdict !== null);
  const weightiest = weightiestOf(primary.map(({ verdict }) => verdict));
  // That all succeeded does not tell that they took as long.
  const isLatencyKnown = primary.some(({ basis }) => basis !== 'counts');
  return { outcome: weightiest === 'UNCHANGED' && !isLatencyKnown ? 'INCONCLUSIVE' : weightiest, why: leftOut };
}

function sidesWithout(ofBase: number, ofCandidate: number): string {
  if (ofBase === 0 && ofCandidate === 0) return 'both sides';
  return ofBase === 0 ? 'A' : 'B';
}

/** Of nothing it is not known. */
function weightiestOf(verdicts: readonly (ChangeVerdict | null)[]): ChangeVerdict {
  return CHANGE_VERDICTS.find((one) => verdicts.includes(one)) ?? 'INCONCLUSIVE';
}

/** Numbers of cells by what became of them. */
export function countOutcomes(cells: readonly Pick<ComparedCell, 'outcome'>[]): ComparisonOutcome {
  const count = (outcome: ChangeVerdict | null): number =>
    cells.filter((cell) => cell.outcome === outcome).length;
  return {
    state: weightiestOf(cells.map(({ outcome }) => outcome)),
    regressed: count('REGRESSED'),
    improved: count('IMPROVED'),
    unchanged: count('UNCHANGED'),
    inconclusive: count('INCONCLUSIVE'),
    suspect: count('SUSPECT'),
    notJudged: count(null),
  };
}
