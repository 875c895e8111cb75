import { z } from 'zod';
import { valuesAt } from '../../kernel/json-pointer.js';

/** Where in an answer a value is: a JSON pointer, or a header. */
export const captureSchema = z.union([
  z.string(),
  z.strictObject({ header: z.string() }),
  z.strictObject({ pointer: z.string() }),
]);
type Capture = z.infer<typeof captureSchema>;

/** What can be captured of an answer. */
export interface AnswerParts {
  /** Undefined when the body is no JSON. */
  readonly json: unknown;
  /** Null when there is no such header. */
  header(name: string): string | null;
}

/** The values that a capture takes from an answer; null and, outside of bodies, what has parts is none. */
export function captureFrom(answer: AnswerParts, key: string, capture: Capture): unknown[] {
  if (typeof capture !== 'string' && 'header' in capture) {
    const text = headerValue(answer, capture.header);
    return text === null ? [] : [text];
  }
  const pointer = typeof capture === 'string' ? capture : capture.pointer;
  return valuesAt(answer.json, pointer).filter((value) => isUsable(key, value));
}

/** Where in the answer a capture looks, in words for people. */
export function placeOfCapture(capture: Capture): string {
  if (typeof capture === 'string') return capture === '' ? 'the whole body' : capture;
  return 'header' in capture ? `the header ${capture.header}` : capture.pointer;
}

function headerValue(answer: AnswerParts, name: string): string | null {
  const text = answer.header(name);
  return text !== null && name.toLowerCase() === 'location' ? lastSegment(text) : text;
}

/** The id at the end of an address; null when it has no path. */
export function lastSegment(location: string): string | null {
  const path = location.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  const last = path.split('/').findLast((segment) => segment !== '');
  if (last === undefined) return null;
  try {
    return decodeURIComponent(last);
  } catch {
    return last; // not percent-encoded as it should be: then it is meant as it stands
  }
}

function isUsable(key: string, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false;
  return key.startsWith('body') || typeof value !== 'object';
}
