import type { RequestBlueprint } from '../../model/requests/request.js';
import { reasonOfAnswer } from '../../analyze/preflight/reason-of-answer.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import type { Adjustments, Outcome } from './adjustments.js';
import type { Api } from '../document/read-api.js';
import { isSameRequest, type Answer } from './send-request.js';

/** A request outside the load and what came of it. */
export interface Sent extends Outcome {
  readonly request: RequestBlueprint;
  readonly answer: Answer;
}

export interface Sending {
  readonly request: RequestBlueprint;
  /** The request anew, as the adjustments now make it. */
  readonly build: () => RequestBlueprint;
  readonly send: (request: RequestBlueprint) => Promise<Omit<Sent, 'refusal'>>;
}

/** Sends a request, and after a refusal what may be accepted in its place; if nothing is, what came of the first. */
export async function sendMended(
  { api, adjustments }: { readonly api: Api; readonly adjustments: Adjustments },
  operation: DescribedOperation,
  { request, build, send }: Sending,
): Promise<Sent> {
  const sendOne = async (one: RequestBlueprint): Promise<Sent> => {
    const sent = await send(one);
    const { status, body } = sent.answer;
    return { ...sent, refusal: { status, ...reasonOfAnswer(body.toString('utf8')) } };
  };
  const sent = await sendOne(request);
  if (sent.isGood) return sent;
  const again = async (): Promise<Sent | undefined> => {
    const other = build();
    return isSameRequest(other, request) ? undefined : sendOne(other);
  };
  const mended = await adjustments.mend(api, operation, sent.refusal, again, () => sendOne(request));
  return mended ?? sent;
}
