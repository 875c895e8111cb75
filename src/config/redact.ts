import type { RunConfig } from '../model/run-config.js';

const REDACTED = '<redacted>';
/** Names of headers, variables and options whose values are secrets more often than not. */
const SECRET_NAME =
  /auth(?!ors?(?:[^a-z]|$))|token|secret|passw(or)?d|api[-_]?key|access[-_]?key|private[-_]?key|cookie|credential|session/i;

/** Whether what goes by this name is a secret more often than not. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The configuration as it may be stored: no secrets, whichever part they are in. */
export function redactConfig(config: RunConfig): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, redactValue(value)]));
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
