import { REDACTED, isSecretName } from '../kernel/redact-text.js';
import type { core } from 'zod';
import { writeExactly } from '../kernel/exact-json.js';
import { nearest } from '../kernel/text.js';
import { keysAt } from './schema-keys.js';

/** Where a key stands in its file; undefined when it cannot be told. */
export type LineOf = (path: readonly PropertyKey[]) => number | undefined;

/** What was read, and against which schema. */
export interface Checked {
  readonly schema: core.$ZodType;
  readonly input: unknown;
  readonly lineOf: LineOf;
}

/** Zod's issues as sentences: which key, what was expected, what came, and the nearest right spelling. */
export function explainIssues(issues: readonly core.$ZodIssue[], checked: Checked): string[] {
  return issues.flatMap((issue) => explain(issue, checked));
}

function explain(issue: core.$ZodIssue, checked: Checked): string[] {
  if (issue.code === 'unrecognized_keys') return explainUnknownKeys(issue, checked);
  const meant = issue.code === 'invalid_union' ? meantAlternative(issue, checked) : undefined;
  if (meant) return explain({ ...meant, path: [...issue.path, ...meant.path] }, checked);
  const came = issue.code === 'invalid_key' ? issue.path.at(-1) : valueAt(checked.input, issue.path);
  const shown = came === undefined || came === null ? 'nothing' : shownOf(came, issue.path);
  return [`${place(issue.path, checked.lineOf)}: ${expectation(issue)}, came ${shown}`];
}

function explainUnknownKeys(
  { keys, path }: core.$ZodIssueUnrecognizedKeys,
  { schema, lineOf }: Checked,
): string[] {
  const known = keysAt(schema, path);
  const unknown = keys.filter((key) => !known.includes(key));
  return unknown.map((key) => {
    const [guess] = nearest(key, known);
    const hint = guess === undefined ? `known here: ${known.join(', ')}` : `did you mean \`${guess}\`?`;
    return `${place([...path, key], lineOf)}: unknown key; ${hint}`;
  });
}

/** Of a union's alternatives the one that was meant: it has a key that none knows, or the deepest problem. */
function meantAlternative(
  { errors, path }: core.$ZodIssueInvalidUnion,
  { schema, input }: Checked,
): core.$ZodIssue | undefined {
  const known = keysAt(schema, path);
  const misspelt = errors
    .flat()
    .find((issue) => issue.code === 'unrecognized_keys' && issue.keys.some((key) => !known.includes(key)));
  if (misspelt) return misspelt;
  const inside = errors.flat().filter((issue) => issue.path.length > 0);
  // Of a key that is not there at all, another alternative is as likely the one that was meant.
  return inside
    .sort((a, b) => b.path.length - a.path.length)
    .find((issue) => valueAt(input, [...path, ...issue.path]) !== undefined);
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

function expectation(issue: core.$ZodIssue): string {
  if (issue.message.startsWith('expected ')) return issue.message;
  const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
  if (inner) return expectation(inner);
  if (issue.code === 'invalid_type') return `expected ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small') return `expected ${limit(issue.origin, 'at least', issue.minimum)}`;
  if (issue.code === 'too_big') return `expected ${limit(issue.origin, 'at most', issue.maximum)}`;
  return issue.message.replace(/^Invalid (input|string): /, '');
}

function limit(origin: string, bound: string, value: number | bigint): string {
  if (origin === 'array') return `${bound} ${value} ${value === 1 ? 'entry' : 'entries'}`;
  if (origin === 'string') return `${bound} ${value} ${value === 1 ? 'character' : 'characters'}`;
  return `${bound} ${value}`;
}

/** What stands at a key that is named like a secret is one, and so may anything under `auth` be. */
function shownOf(came: unknown, path: readonly PropertyKey[]): string {
  return path.some((key) => isSecretName(String(key))) ? REDACTED : shorten(writeExactly(came));
}

const LONGEST_SHOWN = 80;

function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN - 1)}…` : text;
}

/** `line 7, load.rates`. */
export function place(path: readonly PropertyKey[], lineOf: LineOf): string {
  const line = lineOf(path);
  const name = path.length === 0 ? 'the file' : path.map(String).join('.');
  return line === undefined ? name : `line ${line}, ${name}`;
}

/** What stands there in the input; undefined where nothing does. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
}
