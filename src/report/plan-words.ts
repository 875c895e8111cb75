import { unreachable } from '../kernel/errors.js';
import type { LoadPlan } from '../model/load-plan.js';
import { ratesOf } from '../model/plan-figures.js';
import { formatStages } from '../model/stages-notation.js';

/** In the name of a cell: `1000/s`, `1000/s poisson`, `stages 0→100→500/s`. */
export function planName(plan: LoadPlan): string {
  switch (plan.kind) {
    case 'constant-rate':
      return `${plan.ratePerSecond}/s${plan.arrivals === 'poisson' ? ' poisson' : ''}`;
    case 'stages':
      return `stages ${shortened(ratesOf(plan)).join('→')}/s`;
    default:
      return unreachable(plan);
  }
}

/** In the title of a table: `1000 requests/s`, `1000 requests/s, Poisson arrivals`, `stages 0:100@2m`. */
export function planTitle(plan: LoadPlan): string {
  switch (plan.kind) {
    case 'constant-rate':
      return `${plan.ratePerSecond} requests/s${plan.arrivals === 'poisson' ? ', Poisson arrivals' : ''}`;
    case 'stages':
      return `stages ${formatStages(plan.stages)}`;
    default:
      return unreachable(plan);
  }
}

/** In a column of figures: the rate, of changing rates the lowest and the highest one: `0→500`. */
export function planTarget(plan: LoadPlan): string {
  const rates = ratesOf(plan);
  const [lowest, highest] = [Math.min(...rates), Math.max(...rates)];
  return lowest === highest ? String(highest) : `${lowest}→${highest}`;
}

const MOST_RATES = 8;

function shortened(rates: readonly number[]): string[] {
  const words = rates.map(String);
  return words.length <= MOST_RATES ? words : [...words.slice(0, 4), '…', ...words.slice(-3)];
}
