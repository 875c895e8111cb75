import { timeLimit } from '../kernel/clock.js';
import { reasonOf } from '../kernel/errors.js';
import { classifyFailure } from '../load/transport/classify-failure.js';
import type { Fetch } from '../model/fetch.js';
import type { RequestBlueprint } from '../model/request.js';
import type { Target } from '../target/target.js';

/** The answer to one request outside the load, or why there is none. */
export interface Answer {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Why none came: a kind of failure and the system's words. */
  readonly failure: string | null;
  /** Name, value, name, value …, the names in lower case. */
  readonly headers: readonly string[];
  /** Its beginning, if it is very long. */
  readonly body: Buffer;
}

const LONGEST_BODY_BYTES = 4 * 1024 * 1024;

/** Sends one request and reads its answer; only an abort of `signal` is an exception. */
export async function sendRequest(
  { origin, fetch }: Pick<Target, 'origin' | 'fetch'>,
  { method, path, headers, body }: RequestBlueprint,
  limitMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const named: [string, string][] = [];
  for (let at = 0; at < headers.length; at += 2)
    named.push([headers[at] as string, headers[at + 1] as string]);
  try {
    // Where a redirection leads is the server's choice, and the load does not follow either.
    const options = {
      method,
      headers: named,
      body,
      redirect: 'manual',
      signal: timeLimit(limitMs, signal),
    } as const;
    const answer = await fetch(origin + path, options);
    const fields: string[] = [];
    answer.headers.forEach((value, name) => fields.push(name, value));
    return { status: answer.status, failure: null, headers: fields, body: await beginningOf(answer.body) };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, failure: failureOf(error, limitMs), headers: [], body: Buffer.alloc(0) };
  }
}

/** The value of a header; null when there is none. */
export function headerOf({ headers }: Answer, name: string): string | null {
  const at = headers.findIndex((one, index) => index % 2 === 0 && one === name.toLowerCase());
  return at < 0 ? null : (headers[at + 1] ?? null);
}

/** The body as JSON; undefined when it is none. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // which is what the callers ask
  }
}

async function beginningOf(body: Awaited<ReturnType<Fetch>>['body']): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes >= LONGEST_BODY_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function failureOf(error: unknown, limitMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${limitMs / 1000} s`;
  const kind = classifyFailure(error instanceof Error && error.cause !== undefined ? error.cause : error);
  return kind === 'unknown' ? reasonOf(error) : kind;
}
