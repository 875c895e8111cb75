import { systemClock as clock } from '../../kernel/clock.js';
import { oneLine } from '../../kernel/text.js';
import { isExpectedStatus } from '../../model/requests/answer-check.js';
import { headerOf, headersOf } from '../../model/requests/fetch.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { BuiltOperation, RequestBlueprint } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { classifyAnswer } from '../../analyze/preflight/classify-answer.js';
import { limitIn } from '../../analyze/preflight/rate-limit.js';
import { reasonOfAnswer } from '../../analyze/preflight/reason-of-answer.js';
import { faultFinder } from '../../load/check-answer.js';
import { tokenOf } from '../../openapi/security/token-answer.js';
import type { Target } from '../../target/target.js';
import type { SecretMask } from '../../config/secret-mask.js';
import { maskSecrets } from '../../model/requests/mask-secrets.js';
import { jsonOf, sendRequest, type Answer } from '../requests/send-request.js';

export interface AskOptions {
  readonly config: Pick<RunConfig, 'timeoutMs'>;
  readonly target: Target;
  readonly mask: SecretMask;
  readonly signal: AbortSignal;
}

const ONE_LIMIT_MS = 5000;

/** What came of asking an operation. */
export interface Answered {
  readonly result: Omit<PreflightResult, 'remedy'>;
  /** Whether the answer holds a token or sets a cookie, as that to a login does. */
  readonly hasGivenToken: boolean;
  readonly answer: Answer;
}

/** Sends the first request of an operation. */
export async function askOperation(
  { config, target, mask, signal }: AskOptions,
  { operation, blueprints, check }: BuiltOperation,
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
  return { result, hasGivenToken: method === 'POST' && givesToken(answer), answer };
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
