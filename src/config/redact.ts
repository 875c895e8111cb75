import { plural } from '../kernel/format.js';
import { isNameOfSecret, isSecretName, redactCommand, REDACTED, redactText } from '../kernel/redact-text.js';
import type { AuthConfig } from '../model/config/auth.js';
import type { RunConfig } from '../model/config/run-config.js';
import { loginSecrets } from './target-address.js';
import { SecretMask } from './secret-mask.js';

/** Knows all secrets that the configuration holds. */
export function maskFor(config: RunConfig): SecretMask {
  return new SecretMask([
    ...config.auth.secrets,
    ...secretsBeside(config),
    ...secretsOfPrograms(config),
    ...Object.values(config.probes).flatMap(secretsOfUrl),
  ]);
}

/** The configuration as it may be stored: no secrets, whichever part they are in. */
export function redactConfig({ auth, ...config }: RunConfig): Record<string, unknown> {
  const mask = maskFor({ ...config, auth });
  const stored = Object.entries(config).map(
    ([key, value]) => [key, mask.inside(redactValue(value))] as const,
  );
  return { ...Object.fromEntries(stored), auth: redactAuth(auth) };
}

/** Of a database: its login, and what its query has by the name of a secret. */
export function secretsOfUrl(url: string): string[] {
  const found: string[] = [];
  redactText(url, (name, login) => {
    if (name === null) found.push(...loginSecrets(login));
  });
  const query = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  const named = query.filter(([name]) => isNameOfSecret(name)).map(([, value]) => value);
  return [...found, ...named];
}

/** Which schemes are configured, and where; nothing of how. */
function redactAuth({ entries, environment }: AuthConfig): Record<string, string> {
  return Object.fromEntries(
    [...Object.keys(entries), ...Object.keys(environment)].map((name) => [name, REDACTED]),
  );
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  // Which JSON would have no place for.
  if (typeof value === 'bigint') return String(value);
  if (isWords(value)) return redactCommand(value);
  if (value instanceof Uint8Array) return plural(value.length, 'byte');
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecretName(name) ? REDACTED : redactValue(inner)]),
  );
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

/** Shorter ones are words that stand elsewhere too. */
const SHORTEST_SECRET = 6;

/** Texts that are secrets by the name of their key, wherever the configuration holds them but in `auth`. */
function secretsBeside({ headers, values, spec, requests, journeys }: RunConfig): string[] {
  const found: string[] = [];
  const visit = (value: unknown, isSecret: boolean): void => {
    if (typeof value === 'string' && isSecret && value.length >= SHORTEST_SECRET) found.push(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) visit(inner, isSecret || isSecretName(name));
  };
  visit(
    { headers, values, journeys, bodies: requests?.list.map(({ body }) => membersOf(body?.content)) },
    false,
  );
  if (spec !== null && URL.canParse(spec)) visit(Object.fromEntries(new URL(spec).searchParams), false);
  return found;
}

/** Of a body that is written out, where it is JSON. */
function membersOf(content: string | Uint8Array | undefined): unknown {
  try {
    return JSON.parse(typeof content === 'string' ? content : new TextDecoder().decode(content)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What the programs of a run are given: they may print it, and so may a message about them. */
function secretsOfPrograms({ target, prepare }: RunConfig): string[] {
  const found: string[] = [];
  const keep = (name: string | null, secret: string): void => {
    if (name === null) found.push(...loginSecrets(secret));
    else if (isNameOfSecret(name)) found.push(secret);
  };
  for (const { words } of prepare) redactCommand(words, keep);
  if (target.kind === 'command') {
    redactCommand(target.words, keep);
    redactCommand(target.stop.words ?? [], keep);
    found.push(...secretsOfVariables(target.env));
  }
  return found.filter((secret) => secret.length >= SHORTEST_SECRET);
}

/** Secrets in an environment, which a target inherits: by the names of variables, and logins in URLs. */
export function secretsOfVariables(variables: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(variables)
    .flatMap(([name, value = '']) => {
      const logins: string[] = [];
      redactText(value, (key, secret) => {
        if (key === null) logins.push(...loginSecrets(secret));
      });
      return isNameOfSecret(name) ? [value, ...logins] : logins;
    })
    .filter((secret) => secret.length >= SHORTEST_SECRET);
}
