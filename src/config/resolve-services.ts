import type { RunConfig } from '../model/config/run-config.js';
import type { Scenario } from '../model/config/scenario.js';
import type { FlagReader, RunFlags } from './flag-reader.js';
import { wordsOf } from './resolve-target.js';

type Services = Pick<RunConfig, 'services' | 'seeds' | 'keep'>;

/** Databases beside a target that bench starts: a server that runs already has its own. */
export function resolveServices(
  read: FlagReader,
  { keep = false }: RunFlags,
  scenario: Scenario,
  target: RunConfig['target'],
): Services {
  const wanted = target.kind === 'command' ? scenario.services : [];
  const services = [...new Set(wanted.map((one) => (typeof one === 'string' ? one : one.name)))];
  if (keep && services.length === 0) {
    const why =
      target.kind === 'command'
        ? `the scenario ${scenario.name} has no services`
        : 'with --url bench starts no database';
    read.problems.push(`--keep: there is nothing to keep: ${why}`);
  }
  const seeds = wanted.flatMap((one) =>
    typeof one === 'string' ? [] : [[one.name, wordsOf(read, 'services.seed', one.seed)] as const],
  );
  return { services, seeds: Object.fromEntries(seeds), keep };
}
