import type { FigureDefinition, FigureSource } from '../../model/figures/figure.js';
import { KNOWN_FIGURES } from '../../model/figures/gauge-figures.js';
import { KNOWN_GAUGES } from '../../model/figures/known-gauges.js';
import { isSteady, populationOf, type Load } from '../../model/loads/index.js';
import { isAbout } from '../../model/objectives/is-about.js';
import type { Objective } from '../../model/results/objective.js';
import type { Subject } from '../../model/results/subject.js';
import { inScope, judgeSource } from './judge-objective.js';
import { leastRequestsFor } from './least-requests.js';

/** What is known of a cell while it runs: other figures stand only in its whole measurements. */
const WATCHED: ReadonlySet<string> = new Set([
  ...['min', 'mean', 'p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'max', 'censored'],
  ...['planned', 'sent', 'completed', 'succeeded', 'failed', 'failures', 'failure-share', 'failure-rate'],
  ...['achieved', 'success', 'cpu', 'cpu.max', 'memory', 'memory.max', 'memory.share', 'memory.share.max'],
  ...['processes', 'samples'],
  ...KNOWN_GAUGES.flatMap(({ id, kind }) => (kind === 'window' ? [id] : [id, `${id}.max`])),
]);

/** A load that still rises is not the one that they are held against. */
const RATES: ReadonlySet<string> = new Set(['achieved', 'failure-rate']);

interface Cell {
  readonly subject: Subject;
  readonly load: Load;
}

interface Failing {
  readonly objective: Objective;
  readonly value: number;
}

/** The first objective that a cell under way fails, by the figures of what has ended by now. */
export function failingNow(
  objectives: readonly Objective[],
  cell: Cell,
  source: FigureSource,
): Failing | undefined {
  for (const objective of objectives) {
    const figure = watchedFigure(objective);
    if (figure === undefined || !isWatchedIn(objective, cell)) continue;
    if (RATES.has(figure.id) && !isRateSettled(cell.load, source)) continue;
    const least = leastRequestsFor(objective, figure);
    const { state, value } = judgeSource({ objective, figure, least }, source);
    if (state === 'failed' && value !== null) return { objective, value };
  }
  return undefined;
}

/** Objectives that no cell is held against while it runs. */
export function unwatched(objectives: readonly Objective[], cells: readonly Cell[]): Objective[] {
  return objectives.filter(
    (one) => watchedFigure(one) === undefined || !cells.some((cell) => isWatchedIn(one, cell)),
  );
}

function watchedFigure({ figure: id }: Objective): FigureDefinition | undefined {
  return WATCHED.has(id) ? KNOWN_FIGURES.find((one) => one.id === id) : undefined;
}

/** Live rates are of the last half of the time. */
function isRateSettled(load: Load, { window }: FigureSource): boolean {
  const allAtWorkMs = (populationOf(load)?.full?.fromUs ?? 0) / 1000;
  return (window?.durationMs ?? 0) / 2 >= allAtWorkMs;
}

/** Of the operations of a mixture, nothing is known apart while it runs. */
function isWatchedIn({ scope, figure, load }: Objective, cell: Cell): boolean {
  if (RATES.has(figure) && !isSteady(cell.load)) return false;
  const [only, ...others] = cell.subject.operations;
  const isWhole = scope === null || (only !== undefined && others.length === 0 && inScope(scope)(only));
  return isWhole && isAbout(load, cell.load);
}
