import { oneLine } from '../kernel/text.js';
import type { FigureDefinition } from '../model/figures/figure.js';
import { KNOWN_FIGURES } from '../model/figures/gauge-figures.js';
import { quoted } from '../model/objectives/quoted.js';
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
    if ('objective' in parsed) {
      const { objective } = parsed;
      if (isImpossible(objective)) problems.push({ at, problem: `${quoted(text)}: no run can meet it` });
      else if (!objectives.some((one) => isSame(one, objective))) objectives.push({ ...objective, at });
    } else problems.push({ at, problem: `${quoted(text)}: ${oneLine(parsed.problem)}` });
  }
  for (const [one, other] of contradictions(objectives)) {
    const problem = `${quoted(one.text)} and ${quoted(other.text)} contradict each other: remove one`;
    problems.push({ at: Math.max(one.at, other.at), problem });
  }
  return { objectives: objectives.map(({ at: _at, ...objective }) => objective), problems };
}

/** Shares of the requests, which lie from 0 to 100 %. */
const SHARES: readonly string[] = ['failure-share', 'success'];

function isImpossible({ figure, operator, limit }: Objective): boolean {
  if (!SHARES.includes(figure)) return false;
  return (
    (operator === '<' && limit === 0) ||
    (operator === '>' && limit >= 100) ||
    (operator === '>=' && limit > 100)
  );
}

/** Whether two are the same, however they are written. */
function isSame(one: Objective, other: Objective): boolean {
  const keyOf = ({ scope, figure, operator, limit, load }: Objective): string =>
    JSON.stringify([scope, figure, operator, limit, load]);
  return keyOf(one) === keyOf(other);
}

/** Pairs about the same of which one wants less than the other wants more than. */
function contradictions<One extends Objective>(objectives: readonly One[]): [One, One][] {
  const upper = objectives.filter(({ operator }) => operator.startsWith('<'));
  const lower = objectives.filter(({ operator }) => operator.startsWith('>'));
  return upper.flatMap((most) =>
    lower
      .filter((least) => isOfSame(least, most) && !canMeet(most, least))
      .map((least): [One, One] => [most, least]),
  );
}

/** One about every load is about each of them. */
function isOfSame(one: Objective, other: Objective): boolean {
  const isOfBoth = one.load === null || other.load === null || sameLoad(one.load, other.load);
  return one.scope === other.scope && one.figure === other.figure && isOfBoth;
}

function sameLoad(one: NonNullable<Objective['load']>, other: NonNullable<Objective['load']>): boolean {
  return one.size === other.size && one.of === other.of;
}

function canMeet(most: Objective, least: Objective): boolean {
  const isClosed = most.operator === '<=' && least.operator === '>=';
  return isClosed ? least.limit <= most.limit : least.limit < most.limit;
}
