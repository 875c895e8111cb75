import { UserError } from '../../kernel/errors.js';
import { fetchElsewhere } from '../../load/transport/fetch-through.js';
import type { Fetch } from '../../model/requests/fetch.js';
import type { ConfiguredScheme, OAuthPlan } from '../../openapi/security/sign-in-plan.js';
import { lifetimeMsOf, tokenOf } from '../../openapi/security/token-answer.js';
import {
  askForToken,
  refused,
  withoutToken,
  type Grant,
  type SignInContext,
  type TokenRequest,
} from './sign-in.js';

/** Gets a token for a password or a client's secret: RFC 6749, 4.3 and 4.4. */
export async function requestToken(
  configured: ConfiguredScheme,
  plan: OAuthPlan,
  context: SignInContext,
): Promise<Grant> {
  const { url, fetch } = tokenEndpoint(configured, plan, context);
  const ways: readonly (OAuthPlan['clientAuth'][number] | null)[] = plan.client ? plan.clientAuth : [null];
  let request = tokenRequest(plan, url, ways[0] ?? null, context);
  let answer = await askForToken(request, fetch, configured, context);
  for (const way of ways.slice(1)) {
    // The standard has clients name themselves in a header, but many servers read the form alone.
    if (![400, 401, 422].includes(answer.status)) break;
    request = tokenRequest(plan, url, way, context);
    answer = await askForToken(request, fetch, configured, context);
  }
  if (answer.status < 200 || answer.status > 299) throw refused(configured, request, answer, context.mask);
  const said = parsed(answer.text);
  const token = tokenOf(said);
  if (token === undefined) throw withoutToken(configured, request, answer, 'an access_token');
  context.mask.add(token);
  const { place, name, prefix } = plan.as;
  return {
    credentials: [{ place, name, value: prefix + token }],
    lifetimeMs: lifetimeMsOf(said, token, context.clock.unixMs()),
  };
}

interface TokenEndpoint {
  readonly url: string;
  readonly fetch: Fetch;
}

/** On the target, unless the user has named another host: a document must not decide where secrets go. */
function tokenEndpoint(
  { scheme, source }: ConfiguredScheme,
  { tokenUrl, isTokenUrlOwn }: OAuthPlan,
  { api, target }: SignInContext,
): TokenEndpoint {
  const base = `${target.origin}${basePathOf(api)}/`;
  if (!URL.canParse(tokenUrl, base)) {
    throw new UserError(
      'usage',
      `The token URL ${JSON.stringify(tokenUrl)} of ${scheme} is no URL.`,
      addTokenUrl(source),
    );
  }
  const url = new URL(tokenUrl, base);
  if (url.origin === new URL(target.origin).origin)
    return { url: target.origin + url.pathname + url.search, fetch: target.fetch };
  if (isTokenUrlOwn) return { url: url.href, fetch: fetchElsewhere };
  throw new UserError(
    'usage',
    `The document's token URL of ${scheme} is on ${url.host}, and secrets go to the target alone unless you say otherwise.`,
    addTokenUrl(source),
  );
}

function addTokenUrl(source: string): string {
  return `Name the URL that you trust: tokenUrl: in the scenario file (now: ${source}).`;
}

/** What the document's server puts in front of every path. */
function basePathOf({ operations: [first] }: SignInContext['api']): string {
  return first === undefined ? '' : first.path.slice(0, first.path.length - first.template.length);
}

function tokenRequest(
  { form, client }: OAuthPlan,
  url: string,
  way: 'basic' | 'body' | null,
  { config, target }: SignInContext,
): TokenRequest {
  const inBody = way === 'body' && client ? { client_id: client.id, client_secret: client.secret } : {};
  const isOnTarget = url.startsWith(`${target.origin}/`);
  return {
    method: 'POST',
    url,
    headers: {
      // What the user sends with every request is meant for the target.
      ...(isOnTarget ? config.headers : {}),
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(way === 'basic' && client ? { authorization: basicOf(client) } : {}),
    },
    body: new URLSearchParams({ ...form, ...inBody }).toString(),
  };
}

/** Both are form-encoded first: RFC 6749, 2.3.1. */
function basicOf({ id, secret }: { id: string; secret: string }): string {
  const encode = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`, 'utf8').toString('base64')}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The search for a token in it reports that there is none.
    return undefined;
  }
}
