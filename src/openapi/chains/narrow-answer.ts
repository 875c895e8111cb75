import { isObject } from '../../kernel/is-object.js';
import { bare, singular } from './nouns.js';

/**
 * Of an answer with several lists the one that its path names: `users` of `GET /user-admin`, `{ users, roles }`. Else the
 * answer as it is.
 */
export function narrowAnswer(answer: unknown, template: string): unknown {
  if (!isObject(answer)) return answer;
  const lists = Object.entries(answer).filter(([, value]) => Array.isArray(value));
  if (lists.length < 2) return answer;
  const noun = bare(template.split('/').findLast((part) => part !== '' && !part.includes('{')) ?? '');
  const named = lists.filter(([name]) => noun.startsWith(singular(name)) || noun.endsWith(bare(name)));
  return named.length === 1 ? named[0]?.[1] : answer;
}
