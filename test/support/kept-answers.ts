import { KeptAnswer } from '../../src/load/transport/kept-answer.js';

/** An answer as a transport keeps it for checks. */
export function keptAnswer(json: unknown, headers: Readonly<Record<string, string>> = {}): KeptAnswer {
  const kept = new KeptAnswer({ headers: true, body: true });
  kept.begin();
  for (const [name, value] of Object.entries(headers)) kept.addHeader(Buffer.from(name), Buffer.from(value));
  kept.addBody(Buffer.from(JSON.stringify(json)));
  return kept;
}
