import { REDACTED, isSecretName } from '../kernel/redact-text.js';
import type { BuiltOperation, RequestBlueprint } from '../model/requests/request.js';
import { type SecretMask } from './secret-mask.js';

type Origins = BuiltOperation['origins'];

/** An operation as it may be shown: without the secrets in its requests, wherever they came from. */
export function redactBuilt(built: BuiltOperation, mask: SecretMask): BuiltOperation {
  return {
    ...built,
    blueprints: built.blueprints.map((blueprint) => redactRequest(blueprint, built.origins, mask)),
    problems: built.problems.map((problem) => mask.text(problem)),
  };
}

function redactRequest(
  { method, path, headers, body }: RequestBlueprint,
  origins: Origins,
  mask: SecretMask,
): RequestBlueprint {
  return {
    method,
    path: redactPath(path, origins, mask),
    headers: headers.map((text, at) =>
      at % 2 === 0 ? text : redactHeader(headers[at - 1] ?? '', text, origins, mask),
    ),
    body: typeof body === 'string' ? mask.text(body) : body,
  };
}

/** Only the query, since a path's own words may be like a secret; what stands in for one is readable. */
function redactPath(path: string, origins: Origins, mask: SecretMask): string {
  const at = path.indexOf('?');
  if (at < 0) return path;
  const query = path
    .slice(at + 1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return isGivenSecret('query', decoded(name), origins) ? `${name}=${REDACTED}` : mask.text(pair);
    });
  return `${path.slice(0, at)}?${query.join('&')}`.replaceAll(encodeURIComponent(REDACTED), REDACTED);
}

function redactHeader(name: string, text: string, origins: Origins, mask: SecretMask): string {
  if (!isGivenSecret('header', name, origins)) return mask.text(text);
  const [scheme = ''] = /^(Basic|Bearer|Digest|Token) /i.exec(text) ?? [];
  return scheme + REDACTED;
}

/** What bench has made up itself, or found in the document, is no secret, whatever its name. */
function isGivenSecret(place: string, name: string, origins: Origins): boolean {
  if (!isSecretName(name)) return false;
  const key = Object.keys(origins).find((one) => one.toLowerCase() === `${place}.${name}`.toLowerCase());
  const origin = key === undefined ? undefined : origins[key];
  return (
    origin === undefined ||
    origin === 'override' ||
    origin === 'serial' ||
    origin === 'data' ||
    origin === 'captured'
  );
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
