import { ANY_KIND, type AnyKind } from './kinds.js';
import { kindAskedIn } from './read-loads.js';

type Given = Readonly<Record<string, unknown>>;

const KEYS_OF_KINDS: readonly string[] = ANY_KIND.flatMap(({ keys }) => Object.keys(keys));

/** Whether the keys name a kind of load, as rates, users, stages and requests do. */
export function namesKind(given: Given): boolean {
  return ANY_KIND.some(({ selector }) => given[selector.key] !== undefined);
}

/**
 * The `load:` of a scenario under that of a profile. A kind of load is taken as a whole: five minutes that were meant for
 * 50 users say nothing of 1000 requests a second.
 */
export function loadOver<Keys extends Given>(base: Keys, over: Keys): Keys {
  if (!namesKind(over)) return { ...base, ...over };
  const kept = Object.entries(base).filter(([key]) => !KEYS_OF_KINDS.includes(key));
  return { ...Object.fromEntries(kept), ...over };
}

/** Keys of `over` that say nothing of the load which `base` asks for, where they name no kind of their own. */
export function idleLoadKeys(base: Given, over: Given): { key: string; message: string }[] {
  if (namesKind(over)) return [];
  const kind = kindAskedIn(base);
  return Object.keys(over)
    .filter((key) => KEYS_OF_KINDS.includes(key) && !takes(kind, key))
    .map((key) => {
      const others = ANY_KIND.filter((other) => takes(other, key)).map(({ selector }) => selector.key);
      const needed = [...new Set(others)].join(' or ');
      return { key, message: `expected ${needed} beside it: without, the load has ${kind.selector.key}` };
    });
}

/** Flags that a kind takes from another have the names of their keys. */
function takes({ keys, alsoTakes = [] }: AnyKind, key: string): boolean {
  return Object.hasOwn(keys, key) || alsoTakes.includes(key);
}
