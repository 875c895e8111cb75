import { UserError } from '../../kernel/errors.js';
import { acceptHeader } from '../../openapi/requests/default-headers.js';
import { chooseCredentials } from '../../openapi/security/choose-credentials.js';
import { loginRequest, type LoginRequest } from '../../openapi/security/login-request.js';
import type { ConfiguredScheme, LoginPlan } from '../../openapi/security/sign-in-plan.js';
import { cookiesOf } from '../../model/requests/set-cookie.js';
import { lifetimeMsOf, tokenOf } from '../../openapi/security/token-answer.js';
import { withCredentials } from '../document/place-credentials.js';
import {
  askForToken,
  refused,
  withoutToken,
  type Grant,
  type SignInContext,
  type TokenAnswer,
  type TokenRequest,
} from './sign-in.js';

/** Gets a token, or the cookies of a session, from an operation of the API itself. */
export async function logIn(
  configured: ConfiguredScheme,
  plan: LoginPlan,
  context: SignInContext,
): Promise<Grant> {
  const { api, target, held } = context;
  const login = loginRequest(plan.entry, api.operations);
  if (typeof login === 'string') throw new UserError('usage', `${configured.source}: ${login}.`);
  const own = held.filter(({ scheme }) => scheme !== configured.scheme || scheme === '*');
  const { credentials } = chooseCredentials(login.operation ?? { security: [] }, own);
  const request = withCredentials(requestOf(login, target.origin, context.config.headers), credentials);
  const answer = await askForToken(request, target.fetch, configured, context);
  // Pages answer a login with a redirect, and the session's cookie is on it.
  const isFine = answer.status < 400 && (answer.status < 300 || answer.setCookies.length > 0);
  if (!isFine) throw refused(configured, request, answer, context.mask);
  const grant = grantOf(plan, answer, context);
  if (grant) return grant;
  throw withoutToken(configured, request, answer, lookedFor(plan));
}

function requestOf(
  { method, path, body, contentType, operation }: LoginRequest,
  origin: string,
  headers: Readonly<Record<string, string>>,
): TokenRequest {
  return {
    method,
    url: origin + path,
    headers: {
      accept: acceptHeader(operation?.answerTypes ?? ['application/json']),
      ...headers,
      ...(contentType === null ? {} : { 'content-type': contentType }),
    },
    body,
  };
}

/** A token where the user or custom says that it is; cookies where the scheme names one, or there is no token. */
function grantOf(plan: LoginPlan, answer: TokenAnswer, { clock, mask }: SignInContext): Grant | undefined {
  const nowUnixMs = clock.unixMs();
  const said = parsed(answer.text);
  const token = tokenOf(said, plan.entry.token);
  const cookies = cookiesOf(answer.setCookies, nowUnixMs);
  mask.add(...(token === undefined ? [] : [token]), ...cookies.map(({ value }) => value));
  const wanted = cookies.filter(({ name }) => plan.cookie === null || name === plan.cookie);
  const isCookie =
    wanted.length > 0 && plan.entry.token === undefined && (plan.cookie !== null || token === undefined);
  if (isCookie) {
    const lifetimes = wanted.map(({ lifetimeMs }) => lifetimeMs).filter((lifetime) => lifetime !== null);
    return {
      credentials: wanted.map(({ name, value }) => ({ place: 'cookie', name, value })),
      lifetimeMs: lifetimes.length === 0 ? null : Math.min(...lifetimes),
    };
  }
  if (token === undefined) return undefined;
  const { place, name, prefix } = plan.as;
  return {
    credentials: [{ place, name, value: prefix + token }],
    lifetimeMs: lifetimeMsOf(said, token, nowUnixMs),
  };
}

function lookedFor({ entry, cookie }: LoginPlan): string {
  if (entry.token !== undefined) return `a token at ${entry.token}`;
  return cookie === null ? 'a token or a cookie' : `the cookie ${cookie} or a token`;
}

/** Some answer with the token alone, without quotes. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const alone = text.trim();
    return /^[A-Za-z0-9._~+/-]{8,}=*$/.test(alone) ? alone : undefined;
  }
}
