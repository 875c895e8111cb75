import { timeLimit, type Clock } from '../../kernel/clock.js';
import { reasonOf, UserError } from '../../kernel/errors.js';
import { printable } from '../../kernel/text.js';
import type { SecretMask } from '../../config/secret-mask.js';
import { headersOf, type Fetch } from '../../model/requests/fetch.js';
import type { Credential } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { withDefaults } from '../../openapi/requests/default-headers.js';
import type { SchemeCredentials } from '../../openapi/security/choose-credentials.js';
import type { ConfiguredScheme } from '../../openapi/security/sign-in-plan.js';
import type { Target } from '../../target/target.js';
import type { Api } from '../document/read-api.js';

/** What signing in gives. */
export interface Grant {
  readonly credentials: readonly Credential[];
  /** From now; null = as long as anyone knows. */
  readonly lifetimeMs: number | null;
}

/** What a request for a token goes by. */
export interface SignInContext {
  readonly config: RunConfig;
  readonly clock: Clock;
  readonly api: Api;
  readonly target: Target;
  /** What is there already, since a login may need an API key. */
  readonly held: readonly SchemeCredentials[];
  readonly mask: SecretMask;
  readonly signal: AbortSignal;
}

export interface TokenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface TokenAnswer {
  readonly status: number;
  readonly text: string;
  readonly setCookies: readonly string[];
}

const LIMIT_MS = 15_000;

/** Sends one request for a token; an error when no answer comes at all. Redirects are not followed. */
export async function askForToken(
  request: TokenRequest,
  fetch: Fetch,
  configured: ConfiguredScheme,
  { mask, signal }: SignInContext,
): Promise<TokenAnswer> {
  const { url, headers, ...options } = request;
  const limit = timeLimit(LIMIT_MS, signal);
  try {
    const answer = await fetch(url, { ...options, headers: withDefaults(headers), signal: limit });
    const text = answer.body?.toString('utf8') ?? '';
    return { status: answer.status, text, setCookies: headersOf(answer, 'set-cookie') };
  } catch (error) {
    signal.throwIfAborted();
    const why = mask.text(printable(reasonOf(error)));
    throw new UserError('run', `${failed(configured, request)} gave no answer: ${why}.`, remedy(configured));
  }
}

const SHOWN_CHARACTERS = 500;

/** The answer is no token: with the server's own words. */
export function refused(
  configured: ConfiguredScheme,
  request: TokenRequest,
  { status, text }: TokenAnswer,
  mask: SecretMask,
): UserError {
  // Masked first: a secret that is cut in two would not be known any more.
  const said = mask.text(printable(text)).trim().slice(0, SHOWN_CHARACTERS);
  const words = said === '' ? '' : `It says: ${said}\n`;
  return new UserError(
    'run',
    `${failed(configured, request)} was answered with status ${status}.`,
    `${words}${remedy(configured)}`,
  );
}

/** The server has said yes, but gave nothing to go on with. */
export function withoutToken(
  configured: ConfiguredScheme,
  request: TokenRequest,
  { status, text }: TokenAnswer,
  looked: string,
): UserError {
  return new UserError(
    'run',
    `${failed(configured, request)} was answered with status ${status}, but without ${looked}.`,
    `${shapeOf(text)} Say where the token is with token: /its/place at ${configured.source}.`,
  );
}

/** The names in an answer without its values, which may be secrets. */
function shapeOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== 'object' || answer === null) return 'The answer is a single value.';
    const names = Object.keys(answer).slice(0, 20).join(', ');
    return `The answer has: ${printable(names).slice(0, SHOWN_CHARACTERS)}.`;
  } catch {
    return 'The answer is not JSON.';
  }
}

function failed({ scheme }: ConfiguredScheme, { method, url }: TokenRequest): string {
  const forWhat = scheme === '*' ? '' : ` for ${scheme}`;
  return `Signing in${forWhat} failed: ${method} ${withoutQuery(url)}`;
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

function remedy({ source, plan }: ConfiguredScheme): string {
  const what = plan.kind === 'login' ? 'its login and body' : 'its user, password and client';
  return `Check ${what} at ${source}.`;
}
