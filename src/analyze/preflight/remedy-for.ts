import { unreachable } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import { variableOf } from '../../model/auth.js';
import type { PreflightResult } from '../../model/preflight.js';

/** What is known of the operation beyond the answer. */
export interface AskedOperation {
  readonly pathNames: readonly string[];
  /** Those of its placeholders that nobody has said and nothing has given, and whether the name tells of what. */
  readonly openIds: readonly { readonly name: string; readonly isTelling: boolean }[];
  /** `POST /items`, which makes what the first of those names; null when none is known, or it is refused itself. */
  readonly maker: string | null;
  /** Names of the security schemes that it asks for, in the document's order. */
  readonly schemes: readonly string[];
  /** Whether the document has schemes for any operation: then what needs none is refused for another reason. */
  readonly hasSchemesElsewhere: boolean;
  readonly isKnownKey: (key: string) => boolean;
}

/** What to add to the scenario file: a key and the lines below it, as YAML; null when no key of it can help. */
export function remedyFor(
  { operation, state, status, fields, reason }: Omit<PreflightResult, 'remedy'>,
  known: AskedOperation,
): string | null {
  const name = yamlKey(`${operation.method} ${operation.path}`);
  const leaveOut = (why?: string): string =>
    `exclude:\n  - ${name}${why === undefined ? '' : ` # ${oneLine(why)}`}`;
  switch (state) {
    case 'missing-auth':
      return signIn(status, known) ?? leaveOut(reason ?? undefined);
    case 'missing-test-data':
      return testData(name, known) ?? leaveOut(reason ?? undefined);
    case 'validation': {
      const keys = placedFields(fields, known.pathNames).filter((key) => known.isKnownKey(key));
      return keys.length > 0
        ? valuesOf(name, keys, 'TODO', oneLine(reason ?? 'what it accepts'))
        : leaveOut(`or say what it accepts${reason === null ? '' : `: ${reason}`}`);
    }
    case 'method-not-allowed':
    case 'unsupported-media':
    case 'server-error':
      return leaveOut();
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

/** A server that forbids what no scheme of its document opens is not asking for a credential. */
function signIn(status: number | null, { schemes, hasSchemesElsewhere }: AskedOperation): string | null {
  if (schemes.length > 0)
    return `auth:\n  ${schemes.map((scheme) => `${yamlKey(scheme)}: \${${variableOf(scheme)}}`).join('\n  ')}`;
  return status === 401 && !hasSchemesElsewhere ? 'headers:\n  authorization: Bearer TOKEN' : null;
}

/** Made by the API itself where it can; else said for all operations when the name means one thing in all of them. */
function testData(name: string, { openIds, maker }: AskedOperation): string | null {
  if (openIds.length === 0) return null;
  if (maker !== null) return `setup:\n  - ${yamlKey(maker)} # ids come from what it makes`;
  if (openIds.every(({ isTelling }) => isTelling))
    return ['values:', ...openIds.map((one) => `  ${yamlKey(`path.${one.name}`)}: 1 # one that exists`)].join(
      '\n',
    );
  return valuesOf(
    name,
    openIds.map((one) => `path.${one.name}`),
    '1',
    'an id that exists',
  );
}

function valuesOf(name: string, keys: readonly string[], value: string, why: string): string {
  const rules = keys.map((key) => `${flowKey(key)}: ${value}`).join(', ');
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
function yamlKey(text: string): string {
  const line = oneLine(text);
  return /^[A-Za-z][\w /{}.-]*$/.test(line) && !line.endsWith(' ') ? line : JSON.stringify(line);
}

function flowKey(text: string): string {
  const line = oneLine(text);
  return /^[A-Za-z][\w.-]*$/.test(line) ? line : JSON.stringify(line);
}
