import type { core } from 'zod';
import { nearest } from '../kernel/text.js';

/** Where a key stands in its file; undefined when it cannot be told. */
export type LineOf = (path: readonly PropertyKey[]) => number | undefined;

/** Zod's issues as sentences: which key, what was expected, what came, and the nearest right spelling. */
export function explainIssues(issues: readonly core.$ZodIssue[], input: unknown, lineOf: LineOf): string[] {
  return issues.flatMap((issue) => explain(issue, input, lineOf));
}

function explain(issue: core.$ZodIssue, input: unknown, lineOf: LineOf): string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const [guess] = nearest(key, KNOWN_KEYS);
      const hint = guess === undefined ? '' : `; did you mean \`${guess}\`?`;
      return `${place([...issue.path, key], lineOf)}: unknown key${hint}`;
    });
  }
  if (issue.code === 'invalid_union') {
    const [simplest] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a));
    const inner = simplest?.[0];
    if (inner && inner.path.length > 0)
      return explain({ ...inner, path: [...issue.path, ...inner.path] }, input, lineOf);
  }
  const came = valueAt(input, issue.path);
  const shown = came === undefined ? 'nothing' : JSON.stringify(came);
  return [`${place(issue.path, lineOf)}: ${issue.message.replace(/^Invalid input: /, '')}, came ${shown}`];
}

/** The alternative whose problem lies deepest is the one that was meant. */
function depthOf(issues: readonly core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

const KNOWN_KEYS = [
  'name',
  'description',
  'prepare',
  'title',
  'command',
  'start',
  'env',
  'ready',
  'path',
  'timeout',
  'spec',
  'setup',
  'exclude',
  'values',
  'headers',
  'load',
  'rates',
  'duration',
  'workers',
  'warmup',
  'methods',
  'range',
  'oneOf',
];

function place(path: readonly PropertyKey[], lineOf: LineOf): string {
  const line = lineOf(path);
  const name = path.length === 0 ? 'the file' : path.map(String).join('.');
  return line === undefined ? name : `line ${line}, ${name}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
