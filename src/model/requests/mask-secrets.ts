import { parseExactly } from '../../kernel/exact-json.js';
import { REDACTED, isSecretName } from '../../kernel/redact-text.js';
import type { RequestBlueprint } from './request.js';

/** Shorter ones would blank out words that are no secrets. */
const SHORTEST_SECRET = 4;

/** What a server says of a request, without the secrets that the request held: servers repeat what they refuse. */
export function maskSecrets(text: string, request: RequestBlueprint): string {
  const secrets = [...new Set(secretsOf(request))]
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .sort((a, b) => b.length - a.length);
  return secrets.reduce((masked, secret) => masked.replaceAll(secret, REDACTED), text);
}

function secretsOf({ path, headers, body }: RequestBlueprint): string[] {
  const values = headers.filter((_, at) => at % 2 === 1 && isSecretHeader(headers[at - 1] ?? ''));
  const query = path.includes('?') ? [...new URLSearchParams(path.slice(path.indexOf('?')))] : [];
  const form = typeof body === 'string' ? secretsInBody(body) : [];
  return [
    // A scheme stands before the secret, a cookie's name too.
    ...values
      .flatMap((value) => [value, ...value.split(/[\s;=,]+/)])
      .filter((word) => !/^(basic|bearer|token)$/i.test(word)),
    ...query
      .filter(([name]) => isSecretName(name))
      .flatMap(([, value]) => [value, encodeURIComponent(value)]),
    ...form,
  ];
}

/** Any header but those that every request has may hold one: `x-tenant-key`. */
function isSecretHeader(name: string): boolean {
  return !/^(accept|accept-.*|content-type|user-agent)$/i.test(name);
}

function secretsInBody(body: string): string[] {
  let value: unknown;
  try {
    value = parseExactly(body);
  } catch {
    return [...new URLSearchParams(body)].filter(([name]) => isSecretName(name)).map(([, text]) => text);
  }
  const found: string[] = [];
  JSON.stringify(value, (name, inner: unknown) => {
    const isPlain = typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'bigint';
    if (isSecretName(name) && isPlain) found.push(String(inner));
    return typeof inner === 'bigint' ? String(inner) : inner;
  });
  return found;
}
