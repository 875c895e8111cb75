import { UserError } from '../../kernel/errors.js';
import { planRun } from '../inspect/list-operations.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { Observer } from '../../model/live/run-events.js';
import { AbEstimate } from './ab-estimate.js';
import { inWhoseName } from './in-whose-name.js';
import type { AbSide } from './plan-runs.js';

export interface AbForecast {
  /** What both sides measure, in each of their runs: `get_item 200/s`; of the base where the other's may have another name. */
  readonly cells: readonly string[];
  /** What only one of them does. */
  readonly only: Readonly<Record<AbSide, readonly string[]>>;
  readonly estimate: AbEstimate;
}

interface ForecastOptions {
  readonly configs: Readonly<Record<AbSide, RunConfig>>;
  /** Whether cells of different names may be compared: `--across`, `--map`. */
  readonly matchesLoosely: boolean;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** What will be measured, and how long that takes; starts each side where its document comes from it, sends no load. */
export async function forecastAb({
  configs,
  matchesLoosely,
  observe,
  signal,
}: ForecastOptions): Promise<AbForecast> {
  const planOf = (side: AbSide): ReturnType<typeof planRun> =>
    inWhoseName(`The ${side}`, () => planRun({ config: configs[side], observe, signal }));
  const base = await planOf('base');
  const candidate = await planOf('candidate');
  const names = { base: namesOf(base), candidate: namesOf(candidate) };
  const isShared = (name: string): boolean => matchesLoosely || names.candidate.includes(name);
  const cells = names.base.filter(isShared);
  if (cells.length === 0) throw nothingInCommon(names);
  return {
    cells,
    only: {
      base: names.base.filter((name) => !cells.includes(name)),
      candidate: names.candidate.filter((name) => !matchesLoosely && !cells.includes(name)),
    },
    estimate: new AbEstimate({ base: base.durationMs, candidate: candidate.durationMs }),
  };
}

function namesOf({ cells }: Awaited<ReturnType<typeof planRun>>): string[] {
  return cells.map(({ name }) => name);
}

function nothingInCommon({ base, candidate }: Readonly<Record<AbSide, readonly string[]>>): UserError {
  const first = (names: readonly string[]): string => names[0] ?? 'nothing';
  return new UserError(
    'usage',
    `No cell would be the same on both sides, so nothing could be compared: the base begins with ${first(base)}, the candidate with ${first(candidate)}.`,
    'Give both the same load, such as --rates 200, and operations that both have.',
  );
}
