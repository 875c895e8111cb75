import type { JourneyStep, SharedJourneys } from '../../model/generation/journeys.js';
import type { Subject } from '../../model/results/subject.js';
import type { BuiltJourneys, BuiltStep } from '../requests/build-journeys.js';

/** Journeys as generators get them, with the operations of a cell by their places in its subject. */
export function shareJourneys({ onStart, journeys }: BuiltJourneys, { operations }: Subject): SharedJourneys {
  const shared = ({ built, requests, captures, think }: BuiltStep): JourneyStep => {
    const { method, path } = built.operation;
    const operation = operations.findIndex((one) => one.method === method && one.path === path);
    if (operation < 0) throw new Error(`the cell does not have ${method} ${path}`);
    return { operation, requests, captures, think };
  };
  return {
    onStart: onStart.map(shared),
    journeys: journeys.map(({ weight, steps }) => ({ weight, steps: steps.map(shared) })),
  };
}
