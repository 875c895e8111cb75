import { valuesAt } from '../../kernel/json-pointer.js';

/** Where servers usually put it. */
const USUAL_POINTERS = [
  '/access_token',
  '/token',
  '/accessToken',
  '/id_token',
  '/data/token',
  '/jwt',
  '/data/access_token',
  '/data/accessToken',
  '/user/token',
  '/auth_token',
  '/authToken',
  '/access',
  '/key',
];

const TOKEN_NAMES = new Set(USUAL_POINTERS.map((pointer) => pointer.replace(/^.*\//, '')));

/** Whether a token usually has this name in an answer. */
export function isTokenName(name: string): boolean {
  return TOKEN_NAMES.has(name);
}

/** The token in the answer to a login; undefined when there is none. */
export function tokenOf(answer: unknown, pointer?: string): string | undefined {
  for (const candidate of pointer === undefined ? USUAL_POINTERS : [pointer]) {
    const [found] = valuesAt(answer, candidate);
    if (typeof found === 'string' && found !== '') return found;
  }
  // Some answer with the token alone, as a JSON text.
  return typeof answer === 'string' && answer !== '' && pointer === undefined ? answer : undefined;
}

/** How long from now a token is good for, in milliseconds, as far as the answer or the token says. */
export function lifetimeMsOf(answer: unknown, token: string, nowUnixMs: number): number | null {
  const [said] = valuesAt(answer, '/expires_in');
  const seconds = typeof said === 'string' ? Number(said) : said;
  const lifetimes = [
    typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    jwtLifetimeMs(token, nowUnixMs),
  ].filter((lifetime) => lifetime !== null);
  return lifetimes.length === 0 ? null : Math.min(...lifetimes);
}

/** By the `exp` of a JSON Web Token (RFC 7519); null when it is none, or does not say. Below 0 = it has ended. */
export function jwtLifetimeMs(token: string, nowUnixMs: number): number | null {
  const [endsAt] = valuesAt(claimsOf(token), '/exp');
  if (typeof endsAt !== 'number' || !Number.isFinite(endsAt)) return null;
  return endsAt * 1000 - nowUnixMs;
}

function claimsOf(token: string): unknown {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    // Most tokens are no JWT, and need not be.
    return undefined;
  }
}
