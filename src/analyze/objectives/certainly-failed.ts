import { shownFigure, type FigureDefinition, type FigureSource } from '../../model/figures/figure.js';
import { figureById } from '../../model/figures/index.js';
import { SHARE } from '../../model/figures/units.js';
import type { Objective } from '../../model/results/objective.js';
import { binomialTail } from './binomial-tail.js';
import { CHANCE, quantileOf } from './least-requests.js';

/** Percentiles of the same kind, from which it is known how many requests lie on which side of a limit. */
const STEPS = ['p50', 'p75', 'p90', 'p95', 'p99', 'p999'] as const;

/**
 * Whether so few requests fail an objective beyond chance already: if the target met it, as many on the wrong side would be
 * seen in one of forty cells at most.
 */
export function hasCertainlyFailed(
  { operator, limit }: Pick<Objective, 'operator' | 'limit'>,
  figure: FigureDefinition,
  source: FigureSource,
): boolean {
  const { planned } = source.counts;
  const isUpper = operator.startsWith('<');
  const quantile = quantileOf(figure.id);
  if (quantile !== null) {
    const wrong = isUpper ? leastAbove(figure.id, limit, source) : leastBelow(figure.id, limit, source);
    return binomialTail(planned, wrong, isUpper ? 1 - quantile : quantile) <= CHANCE;
  }
  const value = shownFigure(figure, source)?.value;
  if (figure.unit !== SHARE || value === undefined) return false;
  const wrong = Math.round((planned * (isUpper ? value : 100 - value)) / 100);
  return binomialTail(planned, wrong, (isUpper ? limit : 100 - limit) / 100) <= CHANCE;
}

/** At least so many requests took longer: the lowest percentile beyond the limit tells. */
function leastAbove(id: string, limit: number, source: FigureSource): number {
  const beyond = percentilesLike(id, source).filter(({ value }) => value > limit);
  const lowest = Math.min(1, ...beyond.map(({ quantile }) => quantile));
  // The request at that rank is one of them.
  const { planned } = source.counts;
  return beyond.length === 0 ? 0 : planned - Math.ceil(lowest * planned) + 1;
}

/** At least so many took less; of a lower bound that is not known. */
function leastBelow(id: string, limit: number, source: FigureSource): number {
  const below = percentilesLike(id, source).filter(
    ({ value, isLowerBound }) => !isLowerBound && value < limit,
  );
  return Math.ceil(Math.max(0, ...below.map(({ quantile }) => quantile)) * source.counts.planned);
}

function percentilesLike(
  id: string,
  source: FigureSource,
): { quantile: number; value: number; isLowerBound: boolean }[] {
  const prefix = id.slice(0, id.lastIndexOf('p'));
  return STEPS.flatMap((step) => {
    const found = shownFigure(figureById(`${prefix}${step}`), source);
    const quantile = quantileOf(step);
    return found === null || quantile === null ? [] : [{ quantile, ...found }];
  });
}
