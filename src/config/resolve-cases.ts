import { nearest } from '../kernel/text.js';
import { caseOf } from '../model/config/cases.js';
import type { RunConfig } from '../model/config/run-config.js';
import type { Scenario } from '../model/config/scenario.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** The cases of the scenario, or those of them that `--case` names; none with `--no-cases`. */
export function resolveCases(
  read: FlagReader,
  { case: names, cases: areWanted, scenario: asked }: Pick<RunFlags, 'case' | 'cases' | 'scenario'>,
  scenario: Scenario,
): RunConfig['cases'] {
  const cases = scenario.cases.map(caseOf);
  if (names === undefined) return areWanted === false ? [] : cases;
  if (areWanted === false) read.problems.push('--case: does not go with --no-cases');
  const known = cases.map(({ name }) => name);
  for (const name of names.filter((one) => !known.includes(one)))
    read.problems.push(`--case: ${problemOf(name, known, asked, scenario.name)}`);
  return cases.filter(({ name }) => names.includes(name));
}

function problemOf(
  name: string,
  known: readonly string[],
  asked: string | undefined,
  scenario: string,
): string {
  if (known.length === 0)
    return asked === undefined
      ? 'cases stand in a scenario file: name one that has them with --scenario FILE'
      : `the scenario ${scenario} has no cases: write them under cases: in its file, or leave --case out`;
  const [guess] = nearest(name, known);
  const hint = guess === undefined ? '.' : `; did you mean '${guess}'?`;
  const listed = known.map((one) => `'${one}'`).join(', ');
  return `there is no case named ${name}${hint} The scenario ${scenario} has ${listed}`;
}

/** Only what bench starts can be limited. */
export function caseProblems({ target, cases }: RunConfig): string[] {
  if (cases.length === 0) return [];
  if (target.kind === 'url')
    return [
      'cases: --url names a server that runs already, which bench cannot limit: have bench start it (--command), or leave the cases out with --no-cases and limit it yourself (docker run --cpus 0.5 --memory 256m)',
    ];
  if (target.owner === 'any')
    return [
      'cases: with start.owner: any the server may run in a container or as another user, where bench cannot limit it: give --no-cases, and set the limits there (docker run --cpus 0.5 --memory 256m; deploy.resources.limits in a compose file)',
    ];
  return [];
}
