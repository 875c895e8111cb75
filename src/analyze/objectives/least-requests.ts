import type { FigureDefinition } from '../../model/figures/figure.js';
import { SHARE } from '../../model/figures/units.js';
import type { Objective } from '../../model/results/objective.js';

/** That all samples lie on one side of a percentile must be no likelier than this on either side. */
export const CHANCE = 0.025;
const PERCENTILE = /(?:^|\.)p(\d{2})(\d*)$/;

/**
 * How many requests a figure needs before it says anything: of a percentile so many that a 95 % interval of it has both
 * ends, 368 for a p99; of a share of failures so many that one request is no more than the limit.
 */
export function leastRequestsFor(
  { limit }: Pick<Objective, 'limit'>,
  { id, unit, better }: FigureDefinition,
): number {
  const share = quantileOf(id);
  if (share !== null) return Math.ceil(Math.log(CHANCE) / Math.log(Math.max(share, 1 - share)));
  if (unit !== SHARE || limit <= 0) return 1;
  const most = better === 'lower' ? limit : 100 - limit;
  return most <= 0 ? 1 : Math.ceil(100 / most - 1e-9);
}

/** Of `p99` 0.99, of `success.p999` 0.999; null of a figure that is no percentile. */
export function quantileOf(id: string): number | null {
  const [, whole, rest = ''] = PERCENTILE.exec(id) ?? [];
  return whole === undefined ? null : Number(`0.${whole}${rest}`);
}
