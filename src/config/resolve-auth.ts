import { isSecretName } from '../kernel/redact-text.js';
import type { AuthConfig, AuthEntry } from '../model/config/auth.js';
import { secretsOfVariables } from './redact.js';

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'BENCH_AUTH_';

/** The `auth:` of a scenario with its variables filled in, and what the environment itself configures. */
export function resolveAuth(
  entries: Readonly<Record<string, AuthEntry>>,
  environment: Environment,
): AuthConfig {
  const secrets = new Set<string>();
  const unresolved: string[] = [];
  const filled = Object.entries(entries).map(([scheme, entry]) => {
    const filling = new Filling(environment, secrets);
    const value = filling.fillEntry(entry);
    const problem = filling.problemOf(scheme);
    if (problem !== undefined) unresolved.push(problem);
    return [scheme, value] as const;
  });
  const own = Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value !== undefined && value !== ''
      ? [[name, withoutLineEnd(value)] as const]
      : [],
  );
  for (const [name, value] of own) {
    addSecret(secrets, value);
    if (/\p{Cc}/u.test(value)) unresolved.push(`${name} ${CONTROL_CHARACTER}`);
  }
  return {
    entries: Object.fromEntries(filled),
    environment: Object.fromEntries(own),
    unresolved,
    secrets: [...secrets, ...secretsOfVariables(environment)],
  };
}

/** Names of people and programs are no secrets, though they often stand in variables too. */
const NAME_OF_SOMEONE = /^(user(_?name)?|e?mail|login|name|client_?id|grant_?type|scopes?)$/i;
const SECRET_KEYS: ReadonlySet<string> = new Set(['value', 'bearer', 'password', 'clientSecret']);
const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Fills in the variables of one entry and gathers what must not show. */
class Filling {
  private readonly missing = new Set<string>();
  private hasControlCharacter = false;

  constructor(
    private readonly environment: Environment,
    private readonly secrets: Set<string>,
  ) {}

  fillEntry(entry: AuthEntry): AuthEntry {
    if (typeof entry === 'string') return this.fillText(entry, () => true);
    const filled = Object.entries(entry).map(([key, value]) => [
      key,
      key === 'body' ? this.fillBody(value, key) : this.fillOwn(value, key),
    ]);
    return Object.fromEntries(filled) as AuthEntry;
  }

  problemOf(scheme: string): string | undefined {
    const missing = [...this.missing];
    if (missing.length > 0) {
      const variables = missing.length === 1 ? 'the variable' : `the variables`;
      return `auth: ${scheme} needs ${variables} ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} not set in the environment`;
    }
    return this.hasControlCharacter ? `auth: ${scheme} ${CONTROL_CHARACTER}` : undefined;
  }

  /** A key of ours. */
  private fillOwn(value: unknown, key: string): unknown {
    if (typeof value === 'string') return this.fillText(value, () => SECRET_KEYS.has(key));
    if (Array.isArray(value)) return value.map((inner) => this.fillOwn(inner, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, this.fillOwn(inner, name)]),
    );
  }

  /** What a login is sent: its keys are the server's. */
  private fillBody(value: unknown, key: string): unknown {
    if (typeof value === 'string')
      return this.fillText(
        value,
        (isFilled) => isSecretName(key) || (isFilled && !NAME_OF_SOMEONE.test(key)),
      );
    if (typeof value === 'number' && isSecretName(key)) this.secrets.add(String(value));
    if (Array.isArray(value)) return value.map((inner) => this.fillBody(inner, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, this.fillBody(inner, name)]),
    );
  }

  private fillText(text: string, isSecret: (isFilled: boolean) => boolean): string {
    const filled = text.replace(VARIABLE, (whole, name: string) => {
      const value = this.environment[name];
      if (value !== undefined && value !== '') return withoutLineEnd(value);
      this.missing.add(name);
      return whole;
    });
    if (isSecret(filled !== text)) addSecret(this.secrets, filled);
    // It would end a header's line and begin the next.
    if (/\p{Cc}/u.test(filled)) this.hasControlCharacter = true;
    return filled;
  }
}

const CONTROL_CHARACTER = 'holds a line break or another control character, which no request can carry';

/** Files of secrets end with one, and `$(cat file)` is not the only way to read them. */
function withoutLineEnd(text: string): string {
  return text.replace(/[\r\n]+$/, '');
}

/** Of `user:password` the password alone is one as well. */
function addSecret(secrets: Set<string>, text: string): void {
  secrets.add(text);
  const at = text.indexOf(':');
  if (at > 0 && at < text.length - 1) secrets.add(text.slice(at + 1));
}
