import type { JourneyStep } from '../../model/generation/journeys.js';
import type { JourneyCapture, JourneysConfig, PlannedStep } from '../../model/config/journeys.js';
import type { ValueRule } from '../../model/config/value-rule.js';
import { findGaps, gapMark } from '../../model/requests/gaps.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { matches } from '../../openapi/selection/select-operations.js';
import { ValueMaker } from '../../openapi/values/value-maker.js';
import { getsCapture } from '../document/gets-capture.js';
import { buildOneSelected, type BuildContext, type Gathered } from './build-requests.js';

/** A step with its requests, in which captured values are still missing. */
export interface BuiltStep extends Omit<JourneyStep, 'operation'> {
  readonly built: BuiltOperation;
}

export interface BuiltJourneys {
  readonly onStart: readonly BuiltStep[];
  readonly journeys: readonly {
    readonly name: string;
    readonly weight: number;
    readonly steps: readonly BuiltStep[];
  }[];
}

/** The requests of all steps, each with gaps for what earlier ones capture. */
export function buildJourneys(
  context: BuildContext,
  { onStart, journeys }: JourneysConfig,
  gathered: Gathered,
): BuiltJourneys {
  const shared = { ...context, maker: new ValueMaker(context.api.document, context.config) };
  const build = (steps: readonly PlannedStep[], before: readonly JourneyCapture[]): BuiltStep[] =>
    steps.map((step, at) => {
      const earlier = [...before, ...steps.slice(0, at).flatMap(({ captures }) => captures)];
      return buildStep(shared, step, earlier, gathered);
    });
  const atStart = onStart.flatMap(({ captures }) => captures);
  return {
    onStart: build(onStart, []),
    journeys: journeys.map(({ name, weight, steps }) => ({ name, weight, steps: build(steps, atStart) })),
  };
}

function buildStep(
  context: BuildContext,
  step: PlannedStep,
  earlier: readonly JourneyCapture[],
  gathered: Gathered,
): BuiltStep {
  const { api } = context;
  const operation = api.operations.find((one) => matches(one, step.call)) as DescribedOperation;
  const here = earlier.filter((capture) => getsCapture(api.document, operation, capture));
  const keys = [...new Set(here.map(({ key }) => key))].filter((key) => !Object.hasOwn(step.values, key));
  const built = buildOneSelected(withMarks(context, operation, keys, step.values), operation, gathered);
  return {
    built,
    requests: built.blueprints.map((blueprint) => ({ blueprint, gaps: findGaps(blueprint, keys) })),
    captures: step.captures.map(({ key, from, around }) => ({ key, from, around })),
    think: step.think,
  };
}

/** A context in which the operation is sent marks in place of the values that are still missing. */
function withMarks(
  context: BuildContext,
  operation: DescribedOperation,
  keys: readonly string[],
  values: Readonly<Record<string, ValueRule>>,
): BuildContext {
  const { api, config } = context;
  const rules = api.rules.get(operation) ?? { values: {}, headers: {} };
  const marks = keys.map((key, number) => [key, gapMark(number)] as const);
  const below = (place: string): (readonly [name: string, mark: string])[] =>
    marks.flatMap(([key, mark]) => (key.startsWith(place) ? [[key.slice(place.length), mark] as const] : []));
  const headers = Object.fromEntries(below('header.').map(([name, mark]) => [name.toLowerCase(), mark]));
  const own = { ...config.headers, ...rules.headers };
  const cookies = [
    ...below('cookie.').map(([name, mark]) => `${name}=${mark}`),
    ...(own['cookie'] === undefined ? [] : [own['cookie']]),
  ];
  const inParts = marks.filter(([key]) => !/^(header|cookie)\./.test(key));
  return {
    ...context,
    api: {
      ...api,
      rules: new Map([
        ...api.rules,
        [
          operation,
          {
            ...rules,
            values: { ...rules.values, ...Object.fromEntries(inParts), ...values },
            headers: {
              ...own,
              ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
              ...headers,
            },
          },
        ],
      ]),
    },
  };
}
