import { UserError } from '../kernel/errors.js';
import type { FigureDefinition } from '../model/figures/figure.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { Objective } from '../model/results/objective.js';
import { FlagReader, type RunFlags } from './flag-reader.js';
import { readObjectives } from './read-objectives.js';

/** The objectives of `--slo` for a stored run; undefined without any. Throws `UserError`. */
export function objectivesOf(
  slo: readonly string[] | undefined,
  strict = false,
  figures?: readonly FigureDefinition[],
): readonly Objective[] | undefined {
  const read = new FlagReader();
  if (slo === undefined && !strict) return undefined;
  if (slo === undefined) read.problems.push(STRICT_WITHOUT_SLO);
  const { objectives } = resolveObjectives(read, { slo: slo ?? [] }, [], figures);
  if (read.problems.length === 0) return objectives;
  throw new UserError('usage', read.problems.join('\n'), 'See bench plot --help.');
}

const STRICT_WITHOUT_SLO =
  "--strict: there are no objectives to hold the stored run to, and its own were held when it ran: give --slo 'p95 < 300ms'";
const STRICT_WITHOUT_ANY =
  "--strict: there are no objectives to hold the run to: give --slo 'p95 < 300ms', or objectives: in the scenario";
const ABORT_WITHOUT_ANY =
  "--abort-on-fail: there is no objective that could fail: give --slo 'p95 < 300ms', or objectives: in the scenario";

/** Connections and caches settle in the first seconds. */
const ABORT_DELAY = '10s';

/** What is good enough: `--slo`, in place of the objectives of the scenario. */
export function resolveObjectives(
  read: FlagReader,
  { slo, strict = false, abortOnFail }: Pick<RunFlags, 'slo' | 'strict' | 'abortOnFail'>,
  ofScenario: readonly string[],
  figures?: readonly FigureDefinition[],
): Pick<RunConfig, 'objectives' | 'strict' | 'abortAfterMs'> {
  const place = slo === undefined ? 'objectives' : '--slo';
  const texts = slo ?? ofScenario;
  const { objectives, problems } = readObjectives(texts, figures);
  read.problems.push(...problems.map(({ problem }) => `${place}: ${problem}`));
  if (strict && texts.length === 0) read.problems.push(STRICT_WITHOUT_ANY);
  if (abortOnFail !== undefined && texts.length === 0) read.problems.push(ABORT_WITHOUT_ANY);
  const delay = abortOnFail === true ? ABORT_DELAY : abortOnFail;
  return { objectives, strict, abortAfterMs: read.durationMs('abort-on-fail', delay, 0) ?? null };
}
