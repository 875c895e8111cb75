import { unreachable } from '../../kernel/errors.js';
import { oneLine } from '../../kernel/text.js';
import type { PreflightResult } from '../../model/preflight.js';

/** What is known of the operation beyond the answer. */
export interface AskedOperation {
  readonly pathNames: readonly string[];
  /** Names of the security schemes that it asks for, in the document's order. */
  readonly schemes: readonly string[];
}

/** What to add to the scenario file, two lines of YAML; null when no key of it can help. */
export function remedyFor(
  { operation, state, status, fields, reason }: Omit<PreflightResult, 'remedy'>,
  { pathNames, schemes }: AskedOperation,
): string | null {
  const name = yamlKey(`${operation.method} ${operation.path}`);
  const values = (keys: readonly string[], value: string, why: string): string =>
    `operations:\n  ${name}: { values: { ${keys.map((key) => `${flowKey(key)}: ${value}`).join(', ')} } } # ${why}`;
  switch (state) {
    case 'missing-auth':
      return schemes.length > 0
        ? `auth:\n  ${schemes.map((scheme) => `${yamlKey(scheme)}: \${${variableFor(scheme)}}`).join('\n  ')}`
        : 'headers:\n  authorization: Bearer TOKEN';
    case 'missing-test-data':
      return pathNames.length === 0
        ? null
        : values(
            pathNames.map((one) => `path.${one}`),
            '1',
            'an id that exists',
          );
    case 'validation':
      return values(placedFields(fields, pathNames), 'TODO', oneLine(reason ?? 'what it accepts'));
    case 'method-not-allowed':
    case 'unsupported-media':
    case 'server-error':
      return `exclude:\n  - ${yamlKey(`${operation.method} ${operation.path}`)}`;
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

/** The environment variable that holds the secret of a security scheme. */
export function variableFor(scheme: string): string {
  return `BENCH_AUTH_${scheme.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** Keys of values: a server that names a field alone means the path's, else the body's. */
function placedFields(fields: readonly string[], pathNames: readonly string[]): string[] {
  const placed = fields
    .filter((field) => field !== 'body')
    .map((field) => {
      if (/^(path|query|header|cookie|body)\../.test(field)) return field;
      return `${pathNames.includes(field) ? 'path' : 'body'}.${field}`;
    });
  return placed.length > 0 ? placed : ['body.field'];
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
