import { populationOf, type Load } from '../model/loads/index.js';
import { parseThinkTime, type ThinkTime } from '../model/loads/think-time.js';
import {
  partsOfText,
  type JourneyCapture,
  type JourneysConfig,
  type JourneyStepEntry,
  type PlannedStep,
} from '../model/config/journeys.js';
import type { Scenario } from '../model/config/scenario.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** The journeys of a scenario with everything said; null = it has none, or there is no load to take them. */
export function resolveJourneys(
  read: FlagReader,
  flags: RunFlags,
  { onStart, journeys }: Pick<Scenario, 'onStart' | 'journeys'>,
  loads: readonly Load[],
): JourneysConfig | null {
  if (journeys.length === 0) {
    if (onStart.length > 0)
      read.problems.push("The scenario's onStart needs journeys: users take them after it");
    return null;
  }
  const [first] = loads;
  if (first === undefined) return null;
  const think = populationOf(first)?.think ?? null;
  const users = loads.every((load) => populationOf(load)?.requests === null);
  const foreign = (['mix', 'weights', 'weightsFrom'] as const).filter((name) => flags[name] !== undefined);
  if (users && foreign.length > 0)
    read.problems.push(
      `${foreign.map(flagOf).join(' and ')}: users take the scenario's journeys, which say themselves how often each operation is asked`,
    );
  return {
    onStart: onStart.map((step) => plannedStep(step, null)),
    // Nobody takes one without weight.
    journeys: journeys
      .filter(({ weight }) => weight > 0)
      .map(({ name, weight, think: own, steps }) => ({
        ...{ name, weight },
        steps: steps.map((step) => plannedStep(step, thinkOf(own, think))),
      })),
  };
}

function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function plannedStep(entry: JourneyStepEntry, think: ThinkTime | null): PlannedStep {
  if (typeof entry === 'string') return { call: entry, values: {}, captures: [], think };
  const { call, values = {}, capture = {} } = entry;
  return {
    ...{ call, values, think: thinkOf(entry.think, think) },
    captures: Object.entries(capture).map(([key, one]) => plannedCapture(key, one)),
  };
}

function plannedCapture(
  key: string,
  capture: NonNullable<Exclude<JourneyStepEntry, string>['capture']>[string],
): JourneyCapture {
  if (typeof capture === 'string') {
    const parts = partsOfText(capture);
    return { key, from: parts?.pointer ?? capture, around: parts?.around ?? null, only: null };
  }
  const { for: only = null, ...from } = capture;
  return { key, from, around: null, only };
}

/** The scenario's think times were checked when it was read. */
function thinkOf(text: string | undefined, otherwise: ThinkTime | null): ThinkTime | null {
  return text === undefined ? otherwise : (parseThinkTime(text) ?? null);
}
