import { oneLine } from '../../kernel/text.js';
import { jsonOf, type Answer } from './send-request.js';

const SHOWN_KEYS = 12;

/** What an answer is made of, without its values, which may be secrets. */
export function shapeOf(answer: Answer | undefined): string {
  const json = answer && jsonOf(answer);
  if (Array.isArray(json)) return `a list of ${json.length}`;
  if (typeof json !== 'object' || json === null) return json === undefined ? 'no JSON' : 'a single value';
  const keys = Object.keys(json);
  return oneLine(`an object with ${keys.slice(0, SHOWN_KEYS).join(', ') || 'nothing in it'}`);
}
