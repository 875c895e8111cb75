import { isObject } from '../../kernel/is-object.js';
import { isUserField } from '../security/credential-form.js';

const DEEPEST = 3;

/** An answer of a collection without the users who go by one of these names: those that bench itself is signed in as. */
export function withoutUsers(answer: unknown, names: ReadonlySet<unknown>, depth = 0): unknown {
  if (names.size === 0 || depth > DEEPEST) return answer;
  if (Array.isArray(answer)) return (answer as unknown[]).filter((member) => !goesBy(member, names));
  if (!isObject(answer)) return answer;
  const inner = Object.entries(answer).map(([name, value]) => [name, withoutUsers(value, names, depth + 1)]);
  return Object.fromEntries(inner) as unknown;
}

function goesBy(member: unknown, names: ReadonlySet<unknown>): boolean {
  return (
    isObject(member) && Object.entries(member).some(([name, value]) => isUserField(name) && names.has(value))
  );
}
