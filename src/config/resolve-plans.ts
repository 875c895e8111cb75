import { seedFor } from '../kernel/random.js';
import { parseDurationMs } from '../kernel/units.js';
import type { LoadPlan, Stage } from '../model/load-plan.js';
import type { Scenario } from '../model/scenario.js';
import { parseStages } from '../model/stages-notation.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

type Load = Scenario['load'];

const RATE = { least: 0.1, most: 1_000_000, whole: false };

/** The loads for each endpoint: stages, or a constant rate for each of the rates. */
export function resolvePlans(read: FlagReader, flags: RunFlags, load: Load, seed: number): LoadPlan[] {
  const stages = resolveStages(read, flags, load);
  const rates = read.numbers('rates', flags.rates, RATE) ?? load.rates ?? [1000, 2000];
  const inScenario = load.duration === undefined ? undefined : parseDurationMs(load.duration);
  const durationMs = read.durationMs('duration', flags.duration, 1) ?? inScenario ?? 10_000;
  const arrivals = resolveArrivals(read, flags.arrivals) ?? load.arrivals ?? 'constant';
  if (stages) return [{ kind: 'stages', stages }];
  return rates.map((ratePerSecond) => {
    const plan = { kind: 'constant-rate', ratePerSecond, durationMs } as const;
    return arrivals === 'constant'
      ? { ...plan, arrivals }
      : // Of the run's seed alone: both sides of a comparison get the same arrivals.
        { ...plan, arrivals, seed: seedFor(seed, 'arrivals') };
  });
}

function resolveArrivals(read: FlagReader, text: string | undefined): 'constant' | 'poisson' | undefined {
  if (text === undefined || text === 'constant' || text === 'poisson') return text;
  read.complain('arrivals', 'constant or poisson', text);
  return undefined;
}

/** Those of the flag, else those of the scenario unless --rates replaces them. */
function resolveStages(read: FlagReader, flags: RunFlags, load: Load): Stage[] | undefined {
  const excluded = excludedBy(flags).join(' and ');
  if (flags.stages !== undefined) {
    if (excluded !== '') read.problems.push(`--stages excludes ${excluded}: ${WHY}`);
    const { stages, problems } = parseStages(flags.stages);
    for (const { expected, came } of problems) read.complain('stages', expected, came);
    return stages;
  }
  if (load.stages === undefined || flags.rates !== undefined) return undefined;
  if (excluded !== '')
    read.problems.push(
      `The scenario's load.stages excludes ${excluded}: ${WHY}; --rates replaces the stages`,
    );
  return parseStages(load.stages).stages;
}

const WHY = 'stages say themselves how fast and how long, and their requests are evenly spaced';

function excludedBy({ rates, duration, arrivals }: RunFlags): string[] {
  return [
    ...(rates === undefined ? [] : ['--rates']),
    ...(duration === undefined ? [] : ['--duration']),
    ...(arrivals === 'poisson' ? ['--arrivals poisson'] : []),
  ];
}
