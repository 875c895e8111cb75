import { createContext, Script } from 'node:vm';
import { RE2JS } from 're2js';
import { portablePattern } from './portable-pattern.js';

/** What a `pattern` is tested with. */
export interface PatternEngine {
  test(text: string): boolean;
  /** The pattern: ajv tells engines apart by it. */
  toString(): string;
}

/** V8's own matching can take exponential time, so that it gets this long for one text. */
const MOST_MATCHING_MS = 100;
/** Longer ones are left alone, as if they were no expressions. */
const LONGEST_PATTERN = 10_000;
const LONGEST_FOR_V8 = 10_000;

const known = new Map<string, PatternEngine | null>();
/** A document with more patterns than this pays for them again. */
const MOST_KNOWN = 5000;

/** An engine that cannot hang, whatever the pattern; null when it is no regular expression. */
export function patternEngine(pattern: string): PatternEngine | null {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const engine = pattern.length > LONGEST_PATTERN ? null : newEngine(pattern);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(pattern, engine);
  return engine;
}

function newEngine(pattern: string): PatternEngine | null {
  // RE2 knows fewer names of Unicode's properties.
  const isOfUnicode = portablePattern(pattern).flags.includes('u');
  return (isOfUnicode ? null : linearEngine(pattern)) ?? guardedEngine(pattern) ?? linearEngine(pattern);
}

/** Of RE2: linear time, but without look-ahead, back references and counts above 1000. */
function linearEngine(pattern: string): PatternEngine | null {
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.LOOKBEHINDS);
    return { test: (text) => compiled.test(text), toString: () => pattern };
  } catch {
    return null; // the other engine decides
  }
}

const sandbox = createContext(Object.create(null) as object);
const matching = new Script('expression.test(text)');

/** V8's, stopped by a timer; a pattern that was stopped once matches nothing any more. */
function guardedEngine(pattern: string): PatternEngine | null {
  const expression = compiledByV8(pattern);
  if (!expression) return null;
  let isStopped = false;
  return {
    toString: () => pattern,
    test(text) {
      if (isStopped || text.length > LONGEST_FOR_V8) return false;
      Object.assign(sandbox, { expression, text });
      try {
        return matching.runInContext(sandbox, { timeout: MOST_MATCHING_MS }) === true;
      } catch {
        isStopped = true;
        return false;
      }
    },
  };
}

function compiledByV8(pattern: string): RegExp | null {
  try {
    const { source, flags } = portablePattern(pattern);
    return new RegExp(source, flags);
  } catch {
    return null; // no regular expression at all, which the caller is told
  }
}
