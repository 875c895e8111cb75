import type { AuthConfig } from '../model/auth.js';
import type { RunConfig } from '../model/run-config.js';
import { REDACTED, SecretMask } from './secret-mask.js';

/** Names of headers, variables and options whose values are secrets more often than not. */
const SECRET_NAME =
  /auth(?!ors?(?:[^a-z]|$))|token|secret|passw(or)?d|api[-_]?key|access[-_]?key|private[-_]?key|cookie|credential|session/i;

/** Knows all secrets that the configuration holds. */
export function maskFor(config: RunConfig): SecretMask {
  return new SecretMask([...config.auth.secrets, ...secretsBeside(config)]);
}

/** Whether what goes by this name is a secret more often than not. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The configuration as it may be stored: no secrets, whichever part they are in. */
export function redactConfig({ auth, ...config }: RunConfig): Record<string, unknown> {
  const mask = maskFor({ ...config, auth });
  const stored = Object.entries(config).map(
    ([key, value]) => [key, mask.inside(redactValue(value))] as const,
  );
  return { ...Object.fromEntries(stored), auth: redactAuth(auth) };
}

/** Which schemes are configured, and where; nothing of how. */
function redactAuth({ entries, environment }: AuthConfig): Record<string, string> {
  return Object.fromEntries(
    [...Object.keys(entries), ...Object.keys(environment)].map((name) => [name, REDACTED]),
  );
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (isWords(value)) return redactCommand(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) ? REDACTED : redactValue(inner),
    ]),
  );
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

/** A command line as it may be stored. */
export function redactCommand(words: readonly string[]): string[] {
  return words.map((word, at) => (isSecretOption(words[at - 1]) ? REDACTED : redactText(word)));
}

/** `--api-key`, whose value is the next word. */
function isSecretOption(word: string | undefined): boolean {
  return word !== undefined && /^--?[\w-]+$/.test(word) && SECRET_NAME.test(word);
}

const VALUE = /"[^"]*"|'[^']*'|[^\s&;'"]+/.source;
const OPTION = new RegExp(`(--?[\\w-]+)\\s+(?!-)(?:${VALUE})`, 'g');
const ASSIGNMENT = new RegExp(`([\\w.-]+)=(?:${VALUE})`, 'g');
const WHOLE_HEADER = /^([^:\s"']+):(?!\/\/).*$/s;
const HEADER = /([\w-]+):(?!\/\/)[^\r\n'"]+/g;

/** The password in a URL; `--name value`, `name=value` and `Name: value`, wherever they stand. */
function redactText(text: string): string {
  const hide =
    (separator: string) =>
    (whole: string, name: string): string =>
      SECRET_NAME.test(name) ? `${name}${separator}${REDACTED}` : whole;
  return text
    .replace(/\/\/[^/\s@]+@/g, `//${REDACTED}@`)
    .replace(WHOLE_HEADER, hide(': '))
    .replace(OPTION, hide(' '))
    .replace(HEADER, hide(': '))
    .replace(ASSIGNMENT, hide('='));
}

/** Shorter ones are words that stand elsewhere too. */
const SHORTEST_SECRET = 6;

/** Texts that are secrets by the name of their key, wherever the configuration holds them but in `auth`. */
function secretsBeside({ headers, values, spec }: RunConfig): string[] {
  const found: string[] = [];
  const visit = (value: unknown, isSecret: boolean): void => {
    if (typeof value === 'string' && isSecret && value.length >= SHORTEST_SECRET) found.push(value);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) visit(inner, isSecret || SECRET_NAME.test(name));
  };
  visit({ headers, values }, false);
  if (spec !== null && URL.canParse(spec)) {
    const { password, searchParams } = new URL(spec);
    visit(Object.fromEntries(searchParams), false);
    if (password !== '') found.push(decodeURIComponent(password));
  }
  return found;
}
