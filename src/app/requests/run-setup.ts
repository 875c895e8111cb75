import { plural } from '../../kernel/format.js';
import { UserError } from '../../kernel/errors.js';
import { isExpectedStatus } from '../../model/requests/answer-check.js';
import { headerOf } from '../../model/requests/fetch.js';
import type { BuiltOperation, RequestBlueprint } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { SetupStep } from '../../model/config/setup-step.js';
import { reasonOfAnswer } from '../../analyze/preflight/reason-of-answer.js';
import { captureFrom, lastSegment, placeOfCapture } from '../../model/requests/capture.js';
import { capturedFor, type CapturedPool } from '../../openapi/chains/captured.js';
import type { Member } from '../../openapi/chains/ids-in-answer.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { matches } from '../../openapi/selection/select-operations.js';
import type { Target } from '../../target/target.js';
import type { SecretMask } from '../../config/secret-mask.js';
import { maskSecrets } from '../../model/requests/mask-secrets.js';
import { buildAny, type Credentials } from './build-requests.js';
import type { Adjustments } from './adjustments.js';
import type { Api } from '../document/read-api.js';
import type { Observer } from '../../model/live/run-events.js';
import { sendMended, type Sent } from './send-mended.js';
import { shapeOf } from './shape-of-answer.js';
import { jsonOf, sendRequest, type Answer } from './send-request.js';

/** One answer of the set-up, for chains that nobody has written down. */
interface MadeMember extends Member {
  readonly operation: DescribedOperation;
}

export interface SetupOutcome {
  readonly pools: readonly CapturedPool[];
  readonly made: readonly MadeMember[];
}

export interface SetupOptions {
  readonly config: RunConfig;
  readonly api: Api;
  readonly access: Credentials;
  readonly adjustments: Adjustments;
  readonly target: Target;
  readonly mask: SecretMask;
  readonly observe: Observer;
  readonly signal: AbortSignal;
  /** Told what is in the target by now, also when a later step fails: the clean-up needs it. */
  readonly leave: (api: Api, pools: readonly CapturedPool[]) => void;
}

/** Enough to spread a load; what more the set-up makes need not be kept. */
const MOST_MADE = 1000;

export const NOTHING_MADE: SetupOutcome = { pools: [], made: [] };

/** Sends set-up steps one after another, each with what the earlier ones captured, those of `before` included. */
export async function runSetup(
  options: SetupOptions,
  steps: readonly SetupStep[],
  before: SetupOutcome,
): Promise<SetupOutcome> {
  const pools = [...before.pools];
  const made = [...before.made];
  for (const step of steps) {
    const operation = options.api.operations.find((candidate) => matches(candidate, step.call));
    if (!operation) continue; // refused when the document was read
    const answers: Answer[] = [];
    try {
      await callStep(options, step, operation, pools, answers);
    } finally {
      options.leave(options.api, poolsOf(step, operation, answers));
    }
    pools.push(...poolsOf(step, operation, answers));
    refuseEmpty(step, operation, answers);
    const parts = answers.map((answer) => memberIn(operation, answer));
    made.push(...parts.slice(0, MOST_MADE - made.length));
  }
  return { pools, made };
}

export function memberIn(operation: DescribedOperation, answer: Answer): MadeMember {
  return { operation, json: jsonOf(answer), locationId: lastSegment(headerOf(answer, 'location') ?? '') };
}

async function callStep(
  options: SetupOptions,
  step: SetupStep,
  operation: DescribedOperation,
  pools: readonly CapturedPool[],
  answers: Answer[],
): Promise<void> {
  const { config, target, mask, observe, signal } = options;
  const captured = capturedFor(operation, pools);
  const build = (): BuiltOperation => buildAny(options, operation, captured, step.values);
  let built = build();
  refuseRepetition(step, built);
  const send = async (request: RequestBlueprint): Promise<Omit<Sent, 'refusal'>> => {
    const answer = await sendRequest(target, request, config.timeoutMs, signal);
    return { request, answer, isGood: isGood(answer, built) };
  };
  for (let count = 0; count < step.times; count += 1) {
    observe({ kind: 'stage', message: `set-up: ${step.call} ${count + 1}/${step.times}` });
    const nth = (): RequestBlueprint => built.blueprints[count % built.blueprints.length] as RequestBlueprint;
    const renewed = (): RequestBlueprint => {
      built = build();
      return nth();
    };
    const sent = await sendMended(options, operation, { request: nth(), build: renewed, send });
    const { request, answer } = sent;
    if (!sent.isGood) throw refused(request, answer, mask);
    // What nothing is taken from need not be kept.
    answers.push(
      count < MOST_MADE || Object.keys(step.capture).length > 0
        ? answer
        : { ...answer, body: Buffer.alloc(0) },
    );
  }
}

function isGood({ status }: Answer, { check }: BuiltOperation): boolean {
  return status !== null && (isExpectedStatus(status, undefined) || isExpectedStatus(status, check));
}

function refuseRepetition({ call, times }: SetupStep, { uniqueRows }: BuiltOperation): void {
  if (uniqueRows === undefined || times <= uniqueRows) return;
  throw new UserError(
    'usage',
    `The setup step ${call} needs ${times} rows to be sent once only (order: unique), and there are ${uniqueRows}.`,
  );
}

function refused(request: RequestBlueprint, answer: Answer, mask: SecretMask): UserError {
  const { method, path } = request;
  const shown = maskSecrets(`${method} ${path}`, request);
  if (answer.status === null)
    return new UserError('run', `The setup request ${shown} was not answered: ${answer.failure ?? ''}.`);
  const location = headerOf(answer, 'location');
  const { reason } = reasonOfAnswer(maskSecrets(mask.text(answer.body.toString('utf8')), request));
  const said = reason ?? (location === null ? undefined : `It leads to ${location}`);
  return new UserError(
    'run',
    `The setup request ${shown} was answered with status ${answer.status}.`,
    said === undefined ? undefined : maskSecrets(mask.text(said), request),
  );
}

function poolsOf(step: SetupStep, operation: DescribedOperation, answers: readonly Answer[]): CapturedPool[] {
  const parts = answers.map((answer) => ({
    json: jsonOf(answer),
    header: (name: string) => headerOf(answer, name),
  }));
  return Object.entries(step.capture).map(([key, capture]) => ({
    key,
    values: parts.flatMap((one) => captureFrom(one, key, capture)),
    from: `${operation.method} ${operation.path}`,
    only: typeof capture === 'string' ? null : (capture.for ?? null),
  }));
}

/** A capture that finds nothing would only show later, as requests for what is not there. */
function refuseEmpty(step: SetupStep, operation: DescribedOperation, answers: readonly Answer[]): void {
  const pools = poolsOf(step, operation, answers);
  const empty = Object.entries(step.capture).filter((_, at) => pools[at]?.values.length === 0);
  if (empty.length === 0) return;
  const places = empty.map(([key, capture]) => `nothing for ${key} at ${placeOfCapture(capture)}`);
  throw new UserError(
    'run',
    `The answers to ${plural(answers.length, 'setup request')} ${operation.method} ${operation.path} hold ${places.join(', ')}.`,
    `The first one is ${shapeOf(answers[0])}.`,
  );
}
