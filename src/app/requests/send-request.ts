import { isDeepStrictEqual } from 'node:util';
import { parseExactly } from '../../kernel/exact-json.js';
import { timeLimit } from '../../kernel/clock.js';
import { reasonOf } from '../../kernel/errors.js';
import { systemSerials } from '../../kernel/serials.js';
import { fillHoles } from '../../model/requests/holes.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import type { Target } from '../../target/target.js';

/** The answer to one request outside the load, or why there is none. */
export interface Answer {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Why none came: a kind of failure and the place, or the system's words. */
  readonly failure: string | null;
  /** Name, value, name, value …, the names in lower case. */
  readonly headers: readonly string[];
  /** Decoded; empty when it could not be, or is larger than 4 MB. */
  readonly body: Buffer;
  /** Length of the body as it was sent. */
  readonly bytesReceived: number;
  /** Of a stream that does not end by itself, and was ended: from sending to its first event; null = none came. */
  readonly stream?: { readonly firstEventMs: number | null };
}

const LARGEST_BODY_BYTES = 4 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);

/** Sends one request, with a serial number of its own, and reads its answer; only an abort of `signal` is an exception. */
export async function sendRequest(
  { origin, fetch }: Pick<Target, 'origin' | 'fetch'>,
  blueprint: RequestBlueprint,
  limitMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const { path, method, headers, body } = fillHoles(blueprint, systemSerials.take());
  try {
    const answer = await fetch(origin + path, {
      ...{ method, headers, body },
      endsStreams: true,
      signal: timeLimit(limitMs, signal),
    });
    const isKept = answer.body !== null && answer.body.length <= LARGEST_BODY_BYTES;
    return { ...answer, failure: null, body: isKept ? answer.body : NOTHING };
  } catch (error) {
    signal.throwIfAborted();
    const failure = failureOf(error, limitMs);
    return { status: null, failure, headers: [], body: NOTHING, bytesReceived: 0 };
  }
}

/** Whether sending one of them is sending the other. */
export function isSameRequest(one: RequestBlueprint, other: RequestBlueprint): boolean {
  return isDeepStrictEqual(one, other);
}

/** The body as JSON; undefined when it is none. */
export function jsonOf({ body }: Answer): unknown {
  try {
    return parseExactly(body.toString('utf8'));
  } catch {
    return undefined; // which is what the callers ask
  }
}

function failureOf(error: unknown, limitMs: number): string {
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  return isLate ? `no answer within ${limitMs / 1000} s` : reasonOf(error);
}
