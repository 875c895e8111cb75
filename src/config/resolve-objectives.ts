import { UserError } from '../kernel/errors.js';
import type { FigureDefinition } from '../model/figures/figure.js';
import { KNOWN_FIGURES } from '../model/figures/gauge-figures.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { Objective } from '../model/results/objective.js';
import { parseObjective } from '../model/objectives/parse-objective.js';
import { FlagReader, type RunFlags } from './flag-reader.js';

/** Connections and caches settle in the first seconds. */
const ABORT_DELAY = '10s';

/** The objectives of `--slo` for a stored run that has these figures; undefined without any. Throws `UserError`. */
export function objectivesOf(
  slo: readonly string[] | undefined,
  figures = KNOWN_FIGURES,
): readonly Objective[] | undefined {
  if (slo === undefined) return undefined;
  const read = new FlagReader();
  const { objectives } = resolveObjectives(read, { slo }, [], figures);
  if (read.problems.length === 0) return objectives;
  throw new UserError('usage', read.problems.join('\n'), 'See bench plot --help.');
}

/** What is good enough: `--slo`, in place of the objectives of the scenario. */
export function resolveObjectives(
  read: FlagReader,
  { slo, strict = false, abortOnFail }: RunFlags,
  ofScenario: readonly string[],
  figures: readonly FigureDefinition[] = KNOWN_FIGURES,
): Pick<RunConfig, 'objectives' | 'strict' | 'abortAfterMs'> {
  const place = slo === undefined ? 'objectives' : '--slo';
  const objectives = (slo ?? ofScenario).flatMap((text) => {
    const parsed = parseObjective(text, figures);
    if ('objective' in parsed) return [parsed.objective];
    read.problems.push(`${place}: “${text}”: ${parsed.problem}`);
    return [];
  });
  for (const [one, other] of contradictions(objectives))
    read.problems.push(`${place}: nothing can meet both “${one.text}” and “${other.text}”: leave one out`);
  const delay = abortOnFail === true ? ABORT_DELAY : abortOnFail;
  const abortAfterMs = read.durationMs('abort-on-fail', delay, 0) ?? null;
  if (abortOnFail !== undefined && objectives.length === 0 && read.problems.length === 0)
    read.problems.push(
      "--abort-on-fail: there is no objective that could fail: give one with --slo 'p95 < 300ms', or objectives: in the scenario",
    );
  return { objectives, strict, abortAfterMs };
}

/** Pairs about the same of which one wants less than the other wants more than. */
function contradictions(objectives: readonly Objective[]): [Objective, Objective][] {
  const subjectOf = ({ scope, figure, load }: Objective): string => JSON.stringify([scope, figure, load]);
  const upper = objectives.filter(({ operator }) => operator.startsWith('<'));
  const lower = objectives.filter(({ operator }) => operator.startsWith('>'));
  return upper.flatMap((most) =>
    lower
      .filter((least) => subjectOf(least) === subjectOf(most) && !canMeet(most, least))
      .map((least): [Objective, Objective] => [most, least]),
  );
}

function canMeet(most: Objective, least: Objective): boolean {
  const isClosed = most.operator === '<=' && least.operator === '>=';
  return isClosed ? least.limit <= most.limit : least.limit < most.limit;
}
