import type { FigureDefinition } from '../model/figures/figure.js';
import { KNOWN_FIGURES } from '../model/figures/gauge-figures.js';
import { parseObjective } from '../model/objectives/parse-objective.js';
import type { Objective } from '../model/results/objective.js';

/** Objectives as they are written. */
export interface ReadObjectives {
  readonly objectives: readonly Objective[];
  /** What is wrong with one, or with two of them together, and where in the list the one stands. */
  readonly problems: readonly { readonly at: number; readonly problem: string }[];
}

/** Reads objectives on these figures, and says what is wrong with all of them. */
export function readObjectives(
  texts: readonly string[],
  figures: readonly FigureDefinition[] = KNOWN_FIGURES,
): ReadObjectives {
  const objectives: (Objective & { readonly at: number })[] = [];
  const problems: { at: number; problem: string }[] = [];
  for (const [at, text] of texts.entries()) {
    const parsed = parseObjective(text, figures);
    if ('objective' in parsed) objectives.push({ ...parsed.objective, at });
    else problems.push({ at, problem: `“${text}”: ${parsed.problem}` });
  }
  for (const [one, other] of contradictions(objectives)) {
    const problem = `nothing can meet both “${one.text}” and “${other.text}”: leave one out`;
    problems.push({ at: Math.max(one.at, other.at), problem });
  }
  return { objectives: objectives.map(({ at: _at, ...objective }) => objective), problems };
}

/** Pairs about the same of which one wants less than the other wants more than. */
function contradictions<One extends Objective>(objectives: readonly One[]): [One, One][] {
  const subjectOf = ({ scope, figure, load }: Objective): string => JSON.stringify([scope, figure, load]);
  const upper = objectives.filter(({ operator }) => operator.startsWith('<'));
  const lower = objectives.filter(({ operator }) => operator.startsWith('>'));
  return upper.flatMap((most) =>
    lower
      .filter((least) => subjectOf(least) === subjectOf(most) && !canMeet(most, least))
      .map((least): [One, One] => [most, least]),
  );
}

function canMeet(most: Objective, least: Objective): boolean {
  const isClosed = most.operator === '<=' && least.operator === '>=';
  return isClosed ? least.limit <= most.limit : least.limit < most.limit;
}
