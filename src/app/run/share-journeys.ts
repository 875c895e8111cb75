import type { JourneyStep, SharedJourneys } from '../../model/generation/journeys.js';
import type { Subject } from '../../model/results/subject.js';
import type { BuiltJourneys, BuiltStep } from '../requests/build-journeys.js';

/** Journeys, where users take some, as generators get them, with the operations of a cell by their places in its subject. */
export function shareJourneys(
  built: BuiltJourneys | undefined,
  { operations }: Subject,
): { journeys?: SharedJourneys } {
  if (built === undefined) return {};
  const { onStart, journeys } = built;
  const shared = ({ built: of, requests, captures, think }: BuiltStep): JourneyStep => {
    const { method, path } = of.operation;
    const operation = operations.findIndex((one) => one.method === method && one.path === path);
    if (operation < 0) throw new Error(`the cell does not have ${method} ${path}`);
    return { operation, requests, captures, think };
  };
  const taken = journeys.map(({ weight, steps }) => ({ weight, steps: steps.map(shared) }));
  return { journeys: { onStart: onStart.map(shared), journeys: taken } };
}
