import type { RequestBlueprint } from '../model/request.js';
import { reasonOfAnswer } from '../analyze/preflight/reason-of-answer.js';
import type { DescribedOperation } from '../openapi/document/described-operation.js';
import type { Adjustments } from './adjustments.js';
import type { Api } from './read-api.js';
import { isSameRequest, type Answer } from './send-request.js';

/** A request outside the load and what came of it. */
export interface Sent {
  readonly request: RequestBlueprint;
  readonly answer: Answer;
  readonly isGood: boolean;
}

export interface Sending {
  readonly request: RequestBlueprint;
  /** The request anew, as the adjustments now make it. */
  readonly prepare: () => RequestBlueprint;
  readonly send: (request: RequestBlueprint) => Promise<Sent>;
}

/** Sends a request, and after a refusal what may be accepted in its place; if nothing is, what came of the first. */
export async function sendMended(
  { api, adjustments }: { readonly api: Api; readonly adjustments: Adjustments },
  operation: DescribedOperation,
  { request, prepare, send }: Sending,
): Promise<Sent> {
  const sent = await send(request);
  if (sent.isGood) return sent;
  const { status, body } = sent.answer;
  const refusal = { status, ...reasonOfAnswer(body.toString('utf8')) };
  const mended = await adjustments.mend(api, operation, refusal, async () => {
    const other = prepare();
    return isSameRequest(other, request) ? undefined : send(other);
  });
  return mended ?? sent;
}
