import { sleep, systemClock as clock } from '../kernel/clock.js';
import { UserError } from '../kernel/errors.js';
import { plural } from '../kernel/format.js';
import { oneLine } from '../kernel/text.js';
import { isExpectedStatus } from '../model/answer-check.js';
import { headerOf, headersOf } from '../model/fetch.js';
import type { PreflightResult } from '../model/preflight.js';
import type { Operation, PreparedOperation, RequestBlueprint } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { classifyAnswer } from '../analyze/preflight/classify-answer.js';
import { inOrder } from '../analyze/preflight/in-order.js';
import { limitIn } from '../analyze/preflight/rate-limit.js';
import { reasonOfAnswer } from '../analyze/preflight/reason-of-answer.js';
import { remedyFor } from '../analyze/preflight/remedy-for.js';
import { faultFinder } from '../load/check-answer.js';
import { needsLogin } from '../openapi/security/plan-sign-ins.js';
import { tokenOf } from '../openapi/security/token-answer.js';
import type { Target } from '../target/target.js';
import type { SecretMask } from '../config/secret-mask.js';
import type { Adjustments } from './adjustments.js';
import { AskedOperations } from './asked-operation.js';
import { doubtBasePath } from './find-base-path.js';
import { maskSecrets } from './mask-secrets.js';
import type { Api } from './read-api.js';
import type { Observer } from './run-events.js';
import { SessionWatch } from './session-watch.js';
import { isSameRequest, jsonOf, sendRequest, type Answer } from './send-request.js';

export interface PreflightOptions {
  readonly config: Pick<RunConfig, 'timeoutMs'>;
  readonly api: Pick<Api, 'document' | 'operations' | 'securitySchemes' | 'signIns' | 'spec'>;
  readonly operations: readonly PreparedOperation[];
  /** Signs in again, and prepares these operations anew, in their order. */
  readonly renew: () => Promise<readonly PreparedOperation[]>;
  readonly adjustments: Adjustments;
  /** Prepares one of them anew, with its adjustments. */
  readonly prepareOne: (operation: Operation) => PreparedOperation | undefined;
  readonly target: Target;
  readonly mask: SecretMask;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

const ONE_LIMIT_MS = 5000;
const TOTAL_LIMIT_MS = 60_000;

/** Sends the first request of each operation, one after another; in the operations' order, what came of each. */
export async function runPreflight(options: PreflightOptions): Promise<PreflightResult[]> {
  const { operations, observe, target } = options;
  const results = new Map<PreparedOperation, Answered>();
  const patience = new Patience(target);
  const session = new Session(options);
  const queue = inOrder(operations);
  for (const [at, prepared] of queue.entries()) {
    const why = patience.endsSince;
    if (why !== undefined) {
      const left = plural(queue.length - at, 'operation');
      observe({ kind: 'notice', message: `Pre-flight: ${left} not asked, since ${why}.` });
      break;
    }
    const { method, path } = prepared.operation;
    observe({ kind: 'stage', message: oneLine(`pre-flight ${at + 1}/${queue.length}: ${method} ${path}`) });
    const result = await session.ask(prepared);
    results.set(prepared, result);
    await patience.note(result, options.signal);
  }
  options.adjustments.tell(observe);
  const found = [...results.values()];
  const of = (operation: Operation): Answered | undefined => found.find((one) => isOf(one, operation));
  const asked = new AskedOperations(options.api, {
    stateOf: (operation) => of(operation)?.result.state,
    hasGivenToken: (operation) => of(operation)?.hasGivenToken === true,
  });
  const answers = found.map(({ result }) => result);
  const doubt = await doubtBasePath(options, operations, answers);
  if (doubt) observe({ kind: 'notice', message: doubt.notice });
  return operations.flatMap((one) => {
    const result = results.get(one)?.result;
    if (!result) return [];
    // What lies elsewhere is neither mended nor left out one by one.
    const elsewhere = doubt && (doubt.found === null ? null : `basePath: ${doubt.found}`);
    return [{ ...result, remedy: elsewhere === undefined ? remedyFor(result, asked.known(one)) : elsewhere }];
  });
}

/** Asks, and asks once more where the session had ended. */
class Session {
  private readonly watch: SessionWatch;
  private renewed: readonly PreparedOperation[];

  constructor(private readonly options: PreflightOptions) {
    this.renewed = options.operations;
    this.watch = new SessionWatch(options.observe, async () => {
      this.renewed = await options.renew();
    });
  }

  async ask(prepared: PreparedOperation): Promise<Answered> {
    const { options, watch } = this;
    const { method, path } = prepared.operation;
    const described = options.api.operations.find((one) => one.method === method && one.path === path);
    const isGuarded = described !== undefined && needsLogin(described, options.api.signIns);
    let answered = await ask(options, this.now(prepared));
    if (isGuarded && (await watch.renewsAfter(answered.result))) {
      answered = await ask(options, this.now(prepared));
      watch.tell(answered.result);
    }
    answered = await askAdjusted(options, prepared.operation, answered, this.now(prepared));
    watch.note(prepared.operation, answered.result, isGuarded);
    return answered;
  }

  /** With the credentials that are valid now. */
  private now(prepared: PreparedOperation): PreparedOperation {
    return this.renewed[this.options.operations.indexOf(prepared)] ?? prepared;
  }
}

/** Asks once more where something may be missing from the request. */
async function askAdjusted(
  options: PreflightOptions,
  operation: Operation,
  answered: Answered,
  prepared: PreparedOperation,
): Promise<Answered> {
  const { adjustments, prepareOne } = options;
  let best = answered;
  const { state, status } = answered.result;
  const isRefused = state === 'validation';
  await (isRefused &&
    adjustments.mend(operation, status, async () => {
      const adjusted = prepareOne(operation);
      const [one, other] = [prepared.blueprints[0], adjusted?.blueprints[0]];
      if (!adjusted || !one || !other || isSameRequest(one, other)) return false;
      const second = await ask(options, adjusted);
      if (second.result.state === 'ok') best = second;
      return second.result.state === 'ok';
    }));
  const used = adjustments.of(operation);
  return used.length === 0 || best.result.state !== 'ok'
    ? best
    : { ...best, result: { ...best.result, adjustments: [...used] } };
}

interface Answered {
  readonly result: Omit<PreflightResult, 'remedy'>;
  /** Whether the answer holds a token or sets a cookie, as that to a login does. */
  readonly hasGivenToken: boolean;
}

function isOf({ result: { operation } }: Answered, { method, path }: Operation): boolean {
  return operation.method === method && operation.path === path;
}

const MOST_UNANSWERED = 3;
/** A connection breaks a little before the end of the process that broke it is seen. */
const DEATH_SHOWS_MS = 200;

/** Whether it is worth while to ask on. */
class Patience {
  private readonly endUs = clock.nowUs() + TOTAL_LIMIT_MS * 1000;
  private unanswered = 0;

  constructor(private readonly target: Target) {}

  /** Why nothing more is asked; undefined while it is. */
  get endsSince(): string | undefined {
    const { death } = this.target;
    if (death !== undefined) return `the target ${death}`;
    if (this.unanswered >= MOST_UNANSWERED) return `${MOST_UNANSWERED} running were not answered`;
    return clock.nowUs() > this.endUs ? 'a minute is over' : undefined;
  }

  async note({ result: { state } }: Answered, signal: AbortSignal): Promise<void> {
    this.unanswered = state === 'no-answer' ? this.unanswered + 1 : 0;
    const { pid, died } = this.target;
    if (this.unanswered > 0 && pid !== null) await Promise.race([died, sleep(clock, DEATH_SHOWS_MS, signal)]);
  }
}

async function ask(
  { config, target, mask, signal }: PreflightOptions,
  { operation, blueprints, check }: PreparedOperation,
): Promise<Answered> {
  const request = blueprints[0] as RequestBlueprint;
  const startedUs = clock.nowUs();
  const answer = await sendRequest(target, request, Math.min(ONE_LIMIT_MS, config.timeoutMs), signal);
  const answeredMs = Math.round((clock.nowUs() - startedUs) / 10) / 100;
  const { status, headers, body, bytesReceived } = answer;
  const fault = faultFinder(check)?.({ headers: [...headers], body }, bytesReceived) ?? '';
  const isExpected = status !== null && isExpectedStatus(status, check);
  const state = classifyAnswer({ status, isExpected, isAsChecked: fault === '' });
  const { id, method, path } = operation;
  const masked = (text: string): string => maskSecrets(mask.text(text), request);
  const result = {
    operation: { id, method, path },
    state,
    status,
    ...(status === null ? {} : { answeredMs: answer.stream?.firstEventMs ?? answeredMs }),
    ...(answer.stream ? { isStream: true as const } : {}),
    ...(state === 'ok'
      ? { reason: answer.stream ? streamWords(answer.stream) : null, fields: [] }
      : whyNot(answer, fault, masked)),
  };
  return { result, hasGivenToken: method === 'POST' && givesToken(answer) };
}

function streamWords({ firstEventMs }: NonNullable<Answer['stream']>): string {
  const first =
    firstEventMs === null ? 'no event within 1 s' : `first event after ${firstEventMs.toFixed(1)} ms`;
  return `a stream that bench has ended: ${first}`;
}

function givesToken(answer: Answer): boolean {
  if (answer.status === null || answer.status >= 400) return false;
  return headersOf(answer, 'set-cookie').length > 0 || tokenOf(jsonOf(answer)) !== undefined;
}

function whyNot(
  answer: Answer,
  fault: string,
  masked: (text: string) => string,
): { reason: string | null; fields: string[] } {
  if (answer.status === null) return { reason: answer.failure, fields: [] };
  if (answer.status < 300) return { reason: fault === '' ? null : fault, fields: [] };
  const { reason, fields } = reasonOfAnswer(masked(answer.body.toString('utf8')));
  if (answer.status === 429) {
    const limit = limitIn((name) => headerOf(answer, name));
    const said = limit === null ? 'the server has a limit' : `its limit: ${masked(limit)}`;
    return { reason: `${said}; raise it for the test`, fields: [] };
  }
  const location = answer.status < 400 ? headerOf(answer, 'location') : null;
  const leads = location === null ? null : oneLine(`leads to ${masked(location)}`).slice(0, 200);
  return { reason: leads ?? reason, fields: [...fields] };
}

/** Ends a run that wants every operation to answer well before it sends load. */
export function refuseUnready(results: readonly PreflightResult[]): void {
  const bad = results.filter(({ state }) => state !== 'ok');
  if (bad.length === 0) return;
  const lines = bad.slice(0, SHOWN).map(({ operation, state, status, reason }) => {
    const said = reason === null ? '' : `: ${reason}`;
    return oneLine(`  ${operation.method} ${operation.path}  ${status ?? 'no answer'} ${state}${said}`);
  });
  const more = bad.length > SHOWN ? [`  … and ${bad.length - SHOWN} more`] : [];
  throw new UserError(
    'run',
    `The pre-flight found ${bad.length} of ${plural(results.length, 'operation')} not ready:\n${[...lines, ...more].join('\n')}`,
    'No load was sent, as --preflight strict wants it. bench list --check shows what to do; --preflight warn goes on all the same.',
  );
}

const SHOWN = 10;
