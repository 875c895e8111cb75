import { parseExactly } from '../kernel/exact-json.js';
import { stepsOf } from '../kernel/json-pointer.js';
import type { SharedJourneys } from '../model/generation/journeys.js';
import { isExpectedStatus, type AnswerCheck } from '../model/requests/answer-check.js';
import { MOST_KEPT_BYTES, type Keeps, type KeptAnswer } from './transport/kept-answer.js';

/** What has to be kept of answers for these checks, and for users in journeys; undefined when nothing. */
export function keepsFor(
  checks: readonly (AnswerCheck | undefined)[],
  journeys?: SharedJourneys,
): Keeps | undefined {
  // Any answer may set a cookie.
  const headers =
    journeys !== undefined || checks.some((check) => Object.keys(check?.headers ?? {}).length > 0);
  const body =
    (journeys !== undefined && capturesOfBodies(journeys)) ||
    checks.some((check) => Object.keys(check?.json ?? {}).length > 0);
  return headers || body ? { headers, body } : undefined;
}

function capturesOfBodies({ onStart, journeys }: SharedJourneys): boolean {
  return [...onStart, ...journeys.flatMap(({ steps }) => steps)].some(({ captures }) =>
    captures.some(({ from }) => typeof from === 'string' || 'pointer' in from),
  );
}

/** What the answers of one operation must be. */
export interface OperationCheck {
  readonly isExpected: (status: number) => boolean;
  /** Looks for more that may be wrong with an answer; undefined when there is nothing to look for. */
  readonly findFault: FindFault | undefined;
}

export function operationCheck(check: AnswerCheck | undefined): OperationCheck {
  return { isExpected: (status) => isExpectedStatus(status, check), findFault: faultFinder(check) };
}

/** What is wrong with an answer of an expected status: the kind of its failure, or '' when nothing is. */
export type FindFault = (
  kept: Pick<KeptAnswer, 'headers' | 'body'> | undefined,
  bytesReceived: number,
) => string;

/** Undefined when there is nothing to check but the status. */
export function faultFinder(check: AnswerCheck | undefined): FindFault | undefined {
  if (check === undefined || (check.bytes === null && keepsFor([check]) === undefined)) return undefined;
  const headers = Object.entries(check.headers);
  const values = Object.entries(check.json).map(([pointer, value]) => ({ steps: stepsOf(pointer), value }));
  const { min, max } = check.bytes ?? { min: 0, max: null };
  return (kept, bytesReceived) => {
    if (bytesReceived < min || (max !== null && bytesReceived > max)) return 'check-bytes';
    if (!headers.every(([name, text]) => hasHeader(kept?.headers ?? [], name, text))) return 'check-header';
    return values.length === 0 || holdsAll(kept?.body, values) ? '' : 'check-json';
  };
}

function hasHeader(headers: readonly string[], name: string, text: string): boolean {
  for (let at = 0; at < headers.length; at += 2) {
    if (headers[at] !== name) continue;
    if (headers[at + 1] === text || (name === 'content-type' && isOfType(headers[at + 1], text))) return true;
  }
  return false;
}

/** A type that is expected without parameters comes with any: `application/json; charset=utf-8`. */
function isOfType(value: string | undefined, expected: string): boolean {
  if (value === undefined || expected.includes(';')) return false;
  const [type = ''] = value.split(';');
  return type.trim().toLowerCase() === expected.trim().toLowerCase();
}

interface ExpectedValue {
  readonly steps: readonly string[];
  readonly value: AnswerCheck['json'][string];
}

function holdsAll(body: Buffer | undefined, values: readonly ExpectedValue[]): boolean {
  // As in the load, whichever client read the answer.
  if (body === undefined || body.length > MOST_KEPT_BYTES) return false;
  let document: unknown;
  try {
    const text = body.toString('utf8');
    document = values.some(isLong) ? parseExactly(text) : JSON.parse(text);
  } catch {
    return false;
  }
  return values.every(({ steps, value }) => valueAt(document, steps) === value);
}

/** Integers of so many digits that several are one double. */
function isLong({ value }: ExpectedValue): boolean {
  return (
    typeof value === 'bigint' || (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
  );
}

function valueAt(document: unknown, steps: readonly string[]): unknown {
  let here = document;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    // The length of a list is its own, but no element.
    if (Array.isArray(here) && !/^\d+$/.test(step)) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
