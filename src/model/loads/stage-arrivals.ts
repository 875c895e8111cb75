import type { Stage } from './stage.js';
import type { Schedule } from './schedule.js';

/** A stage with what came before it. */
interface Leg {
  readonly startUs: number;
  readonly fromRate: number;
  /** Requests per second, per second. */
  readonly slope: number;
  /** The integral of the rate at its start and at its end, fractions of requests included. */
  readonly first: number;
  readonly end: number;
}

/**
 * Rates that change evenly within each stage. Request n is due when the integral of the rate over all
 * stages reaches n, so what one stage leaves over of a request is carried into the next.
 */
export function stageArrivals(list: readonly Stage[]): Schedule {
  const legs = legsOf(list);
  const total = legs.at(-1)?.end ?? 0;
  // A total that is whole but for the rounding is meant to be whole.
  const planned = Math.ceil(total * (1 - ROUNDING));
  let at = 0;
  return {
    planned,
    dueAtUs(index) {
      if (index >= planned) return undefined;
      // In ascending order this only ever moves on. A stage without a rate ends where it begins: passed over.
      while (at > 0 && index < (legs[at] as Leg).first) at -= 1;
      while (at < legs.length - 1 && index >= (legs[at] as Leg).end) at += 1;
      return dueIn(legs[at] as Leg, index);
    },
  };
}

const ROUNDING = 1e-12;

function legsOf(list: readonly Stage[]): Leg[] {
  let startUs = 0;
  let first = 0;
  return list.map(({ fromRatePerSecond, toRatePerSecond, durationMs }) => {
    const slope = ((toRatePerSecond - fromRatePerSecond) * 1000) / durationMs;
    const end = first + ((fromRatePerSecond + toRatePerSecond) * durationMs) / 2000;
    const leg = { startUs, fromRate: fromRatePerSecond, slope, first, end };
    startUs += durationMs * 1000;
    first = end;
    return leg;
  });
}

/**
 * n = from·t + slope·t²/2, solved for t in the form that also holds for a flat stage (slope 0) and does
 * not cancel for a falling one. Rounding may make the root's argument negative where the rate ends at 0.
 */
function dueIn({ startUs, fromRate, slope, first }: Leg, index: number): number {
  const n = index - first;
  if (n <= 0) return startUs;
  const rateThen = Math.sqrt(Math.max(0, fromRate * fromRate + 2 * slope * n));
  return startUs + (2e6 * n) / (fromRate + rateThen);
}
