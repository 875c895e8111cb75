import { nearest } from '../kernel/text.js';
import { loadOver, namesKind } from '../model/loads/load-over.js';
import type { Scenario } from '../model/config/scenario.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** A scenario as it is run. */
export interface ProfiledScenario {
  readonly scenario: Scenario;
  /** The profile that it is run with; null = none. */
  readonly profile: string | null;
  /** The same where it chooses the kind of load, which flags then may not. */
  readonly chooser: string | null;
}

/** The scenario with the load and the objectives of the profile that `--profile` names. */
export function applyProfile(
  read: FlagReader,
  { profile: name, scenario: asked }: Pick<RunFlags, 'profile' | 'scenario'>,
  scenario: Scenario,
): ProfiledScenario {
  if (name === undefined) return { scenario, profile: null, chooser: null };
  const profile = Object.hasOwn(scenario.profiles, name) ? scenario.profiles[name] : undefined;
  if (profile === undefined) {
    read.problems.push(`--profile: ${problemOf(name, asked, scenario)}`);
    return { scenario, profile: null, chooser: null };
  }
  const { load = {}, objectives = scenario.objectives, cases = scenario.cases } = profile;
  return {
    scenario: { ...scenario, load: loadOver(scenario.load, load), objectives, cases },
    profile: name,
    chooser: namesKind(load) ? name : null,
  };
}

function problemOf(name: string, asked: string | undefined, { name: scenario, profiles }: Scenario): string {
  const known = Object.entries(profiles);
  if (known.length > 0) {
    const [guess] = nearest(name, Object.keys(profiles));
    const listed = known.map(([one, { description }]) => one + (description ? ` (${description})` : ''));
    const hint = guess === undefined ? '.' : `; did you mean ${guess}?`;
    return `there is no profile named ${name}${hint} The scenario ${scenario} has ${listed.join(', ')}`;
  }
  return asked === undefined
    ? 'profiles stand in a scenario file: name one that has them with --scenario FILE'
    : `the scenario ${scenario} has no profiles: write them under profiles: in its file, or leave --profile out`;
}
