import { UserError } from '../../kernel/errors.js';
import { percent, plural } from '../../kernel/format.js';
import { nearest, oneLine } from '../../kernel/text.js';
import type { JourneysConfig, PlannedJourney, PlannedStep } from '../../model/config/journeys.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import type { OpenApiDocument } from '../../openapi/document/open-api-document.js';
import { guessKey, isKnownKey } from '../../openapi/requests/known-keys.js';
import { matches } from '../../openapi/selection/select-operations.js';
import { getsCapture } from './gets-capture.js';

interface Sources {
  readonly document: OpenApiDocument;
  readonly operations: readonly DescribedOperation[];
  readonly config: Pick<RunConfig, 'values' | 'operations' | 'setup'>;
}

/** A step with its operation, and how messages name it. */
interface Step extends PlannedStep {
  readonly operation: DescribedOperation;
  readonly where: string;
}

/**
 * The operations that journeys ask, with how often each is asked for each journey that a user takes; what is sent once for
 * each user counts as once for each journey. Throws one error with all that does not fit the document.
 */
export function planJourneys(
  journeys: JourneysConfig,
  sources: Sources,
): ReadonlyMap<DescribedOperation, number> {
  const problems: string[] = [];
  const start = stepsIn('onStart', journeys.onStart, sources, problems);
  const taken = journeys.journeys.map(({ name, weight, steps }) => ({
    weight,
    steps: stepsIn(`journeys: ${name}`, steps, sources, problems),
  }));
  const all = taken.flatMap(({ steps }) => steps);
  problems.push(...orderProblems(start, all, sources));
  for (const { steps } of taken) problems.push(...orderProblems(steps, [], sources));
  problems.push(...[...start, ...all].flatMap((step) => valueProblems(step, sources)));
  problems.push(...[...start, ...all].flatMap((step) => rowProblems(step, sources)));
  if (problems.length > 0)
    throw new UserError(
      'usage',
      problems.join('\n'),
      'bench list shows the operations of the document, bench list --requests the keys of their values.',
    );
  const total = taken.reduce((sum, { weight }) => sum + weight, 0);
  const asked = [
    ...start.map(({ operation }) => ({ operation, times: 1 })),
    ...taken.flatMap(({ weight, steps }) =>
      steps.map(({ operation }) => ({ operation, times: weight / total })),
    ),
  ];
  const ofEach = sources.operations.map((one) => {
    const times = asked
      .filter(({ operation }) => operation === one)
      .reduce((sum, each) => sum + each.times, 0);
    return [one, times] as const;
  });
  return new Map(ofEach.filter(([, times]) => times > 0));
}

/** `Users take 2 journeys: shop (3 requests) 75.0 %, browse (1 request) 25.0 %.` */
export function journeysInWords({ onStart, journeys }: JourneysConfig): string {
  const total = journeys.reduce((sum, { weight }) => sum + weight, 0);
  const words = ({ name, weight, steps }: PlannedJourney): string =>
    `${name} (${plural(steps.length, 'request')}) ${percent(weight / total)} %`;
  const start = onStart.length === 0 ? '' : `, each after ${plural(onStart.length, 'request')} at its start`;
  return oneLine(
    `Users take ${plural(journeys.length, 'journey')}${start}: ${journeys.map(words).join(', ')}.`,
  );
}

function stepsIn(
  where: string,
  steps: readonly PlannedStep[],
  { operations }: Sources,
  problems: string[],
): Step[] {
  return steps.flatMap((step, at) => {
    const operation = operations.find((one) => matches(one, step.call));
    const place = `${where}: step ${at + 1}`;
    if (operation) return [{ ...step, operation, where: `${place} (${operation.method} ${operation.path})` }];
    const [guess] = nearest(
      step.call,
      operations.flatMap(({ id, method, path }) => [id, `${method} ${path}`]),
    );
    problems.push(
      oneLine(
        `${place}: the document has no operation ${step.call}${guess === undefined ? '' : `; did you mean ${guess}?`}`,
      ),
    );
    return [];
  });
}

/** Values that nothing needs, and such as are needed before the step that gives them. */
function orderProblems(steps: readonly Step[], after: readonly Step[], sources: Sources): string[] {
  const isFor = (step: Step, capture: Step['captures'][number]): boolean =>
    getsCapture(sources.document, step.operation, capture);
  return steps.flatMap((step, at) =>
    step.captures.flatMap((capture) => {
      const { key, only } = capture;
      const isKnownFor = only === null || sources.operations.some((one) => matches(one, only));
      if (!isKnownFor)
        return [oneLine(`${step.where} captures ${key} for ${only}, which the document does not have`)];
      const before = steps.slice(0, at);
      const isGiven = before.some(({ captures }) => captures.some((one) => one.key === key));
      const early = isGiven
        ? undefined
        : before.find((one) => isDescribed(key) && isFor(one, capture) && !hasOwn(one, key, sources));
      const user = [...steps.slice(at + 1), ...after].find((one) => isFor(one, capture));
      if (early)
        return [
          `${early.where} needs ${key}, which only a later one captures: ${step.where}. Change their order, or give the first a value of its own: values: { ${key}: … }`,
        ];
      if (user) return [];
      return [
        `${step.where} captures ${key}, and no later step has it${hintFor(key, [...steps.slice(at + 1), ...after], sources)}`,
      ];
    }),
  );
}

/** Headers and cookies go with every later request, and are missed by none before. */
function isDescribed(key: string): boolean {
  return /^(path|query|body)\./.test(key);
}

/** Whether the user says what the operation is sent there. */
function hasOwn({ values, operation }: Step, key: string, { config }: Sources): boolean {
  const rules = Object.entries(config.operations).filter(([selector]) => matches(operation, selector));
  return (
    [values, config.values, ...rules.map(([, rule]) => rule.values ?? {})].some((one) =>
      Object.hasOwn(one, key),
    ) ||
    rules.some(([, { data }]) => data !== undefined) ||
    config.setup.some(({ capture }) => Object.hasOwn(capture, key))
  );
}

function valueProblems({ where, operation, values }: Step, sources: Sources): string[] {
  return Object.keys(values)
    .filter((key) => !isKnownKey(sources.document, operation, key))
    .map((key) => {
      const guess = guessKey(sources.document, [operation], key);
      return oneLine(
        `${where}: values: there is no ${key}${guess === undefined ? '' : `; did you mean ${guess}?`}`,
      );
    });
}

/** How many requests users send is not known before. */
function rowProblems({ where, operation }: Step, { config }: Sources): string[] {
  const rules = Object.entries(config.operations).filter(([selector]) => matches(operation, selector));
  const isUnique = rules.some(([, { data }]) => data?.order === 'unique');
  return isUnique
    ? [
        `${where} has data with order: unique, and nobody knows how many rows its users need: use sequential, which gives each user a row of its own`,
      ]
    : [];
}

function hintFor(key: string, steps: readonly Step[], { document }: Sources): string {
  const guess = guessKey(
    document,
    steps.map(({ operation }) => operation),
    key,
  );
  return guess === undefined ? '' : `; did you mean ${guess}?`;
}
