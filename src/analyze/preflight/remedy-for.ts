import { unreachable } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import { variableOf, type AuthInput } from '../../model/config/auth.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import { isTaken, takenKeys, type SerialCandidates } from './taken-keys.js';

/** A security scheme that an operation asks for, and what the document offers to sign in with. */
export interface AskedScheme {
  readonly name: string;
  /** Null = the user brings a key or a token. */
  readonly signIn: AuthInput | null;
  /** What a key is called in requests; null = it is no key. */
  readonly key: string | null;
}

/** What is known of the operation beyond the answer. */
export interface AskedOperation {
  readonly pathNames: readonly string[];
  /** Those of its placeholders that nobody has said and nothing has given, and whether the name tells of what. */
  readonly openIds: readonly OpenId[];
  /** `POST /items`, which makes what the first of those names; null when none is known, or it is refused itself. */
  readonly maker: string | null;
  /** Of one that is refused itself, since it was sent no credentials: what it asks for. */
  readonly makerSchemes: readonly AskedScheme[];
  /** Those that it asks for and nothing is configured for, in the document's order. */
  readonly schemes: readonly AskedScheme[];
  /** Whether what was configured for its schemes went with it. */
  readonly isSignedIn: boolean;
  /** Whether the document has schemes for any operation: then what needs none is refused for another reason. */
  readonly hasSchemesElsewhere: boolean;
  /** Of the operation that signs in: what it signs in for. */
  readonly signsInFor: readonly AskedScheme[];
  /** What the document offers to sign in with, whatever its operations say that they need. */
  readonly signInForAll: AuthInput | null;
  readonly isKnownKey: (key: string) => boolean;
  readonly serialCandidates: () => SerialCandidates;
}

interface OpenId {
  readonly name: string;
  readonly isTelling: boolean;
  readonly isNumber: boolean;
}

/** What to add to the scenario file: a key and the lines below it, as YAML; null when no key of it can help. */
export function remedyFor(result: Omit<PreflightResult, 'remedy'>, known: AskedOperation): string | null {
  const { operation, state, status, reason } = result;
  const isRefused = state === 'missing-auth' || state === 'validation';
  const isForged = csrf(status, reason) !== null;
  if (isRefused && !isForged && known.signsInFor.length > 0) return authLines(known.signsInFor);
  const name = yamlKey(`${operation.method} ${operation.path}`);
  switch (state) {
    case 'missing-auth':
      return (
        csrf(status, reason) ??
        (known.isSignedIn ? null : signIn(status, known)) ??
        leaveOut(name, reason ?? undefined)
      );
    case 'missing-test-data':
      return testData(name, known) ?? leaveOut(name, reason ?? undefined);
    case 'validation':
      return validRequest(name, result, known);
    case 'method-not-allowed':
    case 'unsupported-media':
    case 'server-error':
      return leaveOut(name);
    case 'wrong-answer':
      return status === null || status < 300
        ? null
        : `operations:\n  ${name}: { expect: { status: [${status}] } }`;
    case 'rate-limited':
    case 'no-answer':
    case 'ok':
      return null;
    default:
      return unreachable(state);
  }
}

function leaveOut(name: string, why?: string): string {
  return `exclude:\n  - ${name}${why === undefined ? '' : ` # ${oneLine(why)}`}`;
}

/** A server that forbids what no scheme of its document opens is not asking for a credential. */
function signIn(
  status: number | null,
  { schemes, hasSchemesElsewhere, signInForAll }: AskedOperation,
): string | null {
  if (schemes.length > 0) return authLines(schemes);
  if (status !== 401) return null;
  if (signInForAll !== null) return authLines([{ name: '*', signIn: signInForAll, key: null }]);
  return hasSchemesElsewhere ? null : 'headers:\n  authorization: Bearer TOKEN';
}

function authLines(schemes: readonly AskedScheme[]): string {
  const lines = schemes.map(
    ({ name, signIn: entry }) =>
      `  ${yamlKey(name)}: ${entry === null ? `\${${variableOf(name)}}` : flowYaml(entry)}`,
  );
  return ['auth:', ...lines].join('\n');
}

/** The usual names are Django's and Litestar's. */
function csrf(status: number | null, reason: string | null): string | null {
  if (status !== 403 || !/csrf|xsrf/i.test(reason ?? '')) return null;
  return 'csrf:\n  cookie: csrftoken\n  header: x-csrftoken';
}

/** Made by the API itself where it can; else said for all operations when the name means one thing in all of them. */
function testData(name: string, { openIds, maker, makerSchemes }: AskedOperation): string | null {
  if (openIds.length === 0) return null;
  if (makerSchemes.length > 0) return authLines(makerSchemes);
  if (maker !== null) return `setup:\n  - ${yamlKey(maker)} # ids come from what it makes`;
  const idOf = ({ isNumber }: OpenId): string => (isNumber ? '1' : 'TODO');
  if (openIds.every(({ isTelling }) => isTelling))
    return [
      'values:',
      ...openIds.map((one) => `  ${yamlKey(`path.${one.name}`)}: ${idOf(one)} # one that exists`),
    ].join('\n');
  const rules = openIds.map((one): [string, string] => [`path.${one.name}`, idOf(one)]);
  return valuesOf(name, rules, 'an id that exists');
}

/** Refused for what it holds, or lacks. */
function validRequest(
  name: string,
  { status, fields, reason }: Omit<PreflightResult, 'remedy'>,
  known: AskedOperation,
): string {
  const keyed = known.schemes.filter(({ key }) => key !== null && names(reason, fields, key));
  if (keyed.length > 0) return authLines(keyed);
  const keys = placedFields(fields, known.pathNames).filter((key) => known.isKnownKey(key));
  if (status === 412 || status === 428)
    return leaveOut(name, `it wants the current ETag in If-Match, and each change makes that another one`);
  if (isTaken(status, reason)) {
    const remedy = otherValues(name, { fields, reason }, known.serialCandidates());
    if (remedy !== null) return remedy;
  }
  return keys.length > 0
    ? valuesOf(
        name,
        keys.map((key) => [key, 'TODO']),
        oneLine(reason ?? 'what it accepts'),
      )
    : leaveOut(name, `or say what it accepts${reason === null ? '' : `: ${reason}`}`);
}

function names(reason: string | null, fields: readonly string[], key: string): boolean {
  const wanted = key.toLowerCase();
  return [...fields.map((field) => field.replace(/^.*\./, '')), reason ?? ''].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

/** What the user gives could be another one in each request; what is open was tried already, and did not help. */
function otherValues(
  name: string,
  refusal: Parameters<typeof takenKeys>[1],
  { given, open }: SerialCandidates,
): string | null {
  const [own = []] = takenKeys(Object.keys(given), refusal);
  const why = 'a number of its own in each request';
  if (own.length > 0)
    return valuesOf(
      name,
      own.map((key) => [key, JSON.stringify(given[key])]),
      why,
    );
  const [[key] = []] = takenKeys(Object.keys(open), refusal);
  return key === undefined ? null : rowsOf(name, key);
}

/** What a server takes once only has to be another one in each request. */
function rowsOf(name: string, key: string): string {
  const why = `a CSV file with a column ${oneLine(key)}: one row for each request`;
  return `operations:\n  ${name}: { data: { file: rows.csv, order: unique } } # ${why}`;
}

function valuesOf(name: string, values: readonly (readonly [string, string])[], why: string): string {
  const rules = values.map(([key, value]) => `${flowKey(key)}: ${value}`).join(', ');
  return `operations:\n  ${name}: { values: { ${rules} } } # ${why}`;
}

/** Keys of values: a server that names a field alone means the path's, else the body's. */
function placedFields(fields: readonly string[], pathNames: readonly string[]): string[] {
  return fields
    .filter((field) => field !== 'body')
    .map((field) => {
      if (/^(path|query|header|cookie|body)\../.test(field)) return field;
      return `${pathNames.includes(field) ? 'path' : 'body'}.${field}`;
    });
}

/** A key, or an entry of a list, in block style: braces are plain there. */
export function yamlKey(text: string): string {
  const line = oneLine(text);
  return /^[A-Za-z][\w /{}.-]*$/.test(line) && !line.endsWith(' ') ? line : JSON.stringify(line);
}

function flowKey(text: string): string {
  const line = oneLine(text);
  return /^[A-Za-z][\w.-]*$/.test(line) ? line : JSON.stringify(line);
}

/** A value in flow style, on one line. */
function flowYaml(value: unknown): string {
  if (typeof value === 'string') return /^[A-Za-z][\w ./-]*$/.test(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flowYaml).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, inner]) => `${flowKey(name)}: ${flowYaml(inner)}`)
    .join(', ')} }`;
}
