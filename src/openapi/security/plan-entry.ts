import { parseDurationMs } from '../../kernel/units.js';
import type { AuthEntry, TokenForm } from '../../model/config/auth.js';
import type { Credential } from '../../model/requests/request.js';
import type { SecurityScheme } from '../document/described-operation.js';
import type { LoginPlan, OAuthPlan, ReadyPlan, SignInPlan, TokenPlace } from './sign-in-plan.js';

type ApiKey = Extract<SecurityScheme, { kind: 'api-key' }>;
type Entry<Key extends string> = Extract<Exclude<AuthEntry, string>, Readonly<Record<Key, unknown>>>;

/** How an entry of `auth:` signs in; `scheme` is what the document says. Or why it cannot, as a sentence. */
export function planEntry(entry: AuthEntry, scheme: SecurityScheme | undefined): SignInPlan | string {
  if (typeof entry === 'string') return planText(entry, scheme);
  if ('login' in entry) return planLogin(entry, scheme);
  if ('bearer' in entry) return bearer(entry.bearer);
  if ('value' in entry) return given(formPlace(entry), entry.value);
  if ('username' in entry) return planPassword(entry, scheme);
  if ('register' in entry) return planAccount(entry, scheme);
  return planOAuth('client-credentials', entry, scheme);
}

/** As `planEntry`, of one text: a key, a token, `user:password` or `client:secret`, as the scheme wants it. */
export function planText(text: string, scheme: SecurityScheme | undefined): SignInPlan | string {
  if (scheme === undefined)
    return 'expected how to send it, such as { header: X-Key, value: … } or { bearer: … }';
  switch (scheme.kind) {
    case 'api-key':
      return given(keyPlace(scheme, text), text);
    case 'bearer':
      return bearer(text);
    case 'basic':
      return planBasicText(text);
    case 'oauth2':
      return planOAuthText(text, scheme);
    case 'other':
      return planOther(text, scheme.name);
  }
}

/** OpenAPI has no other word for a token in that header; what names its own scheme, such as `Token x`, goes as it is. */
function keyPlace({ place, name }: ApiKey, key: string): TokenPlace {
  const isBearer = place === 'header' && name.toLowerCase() === 'authorization' && !/\S\s+\S/.test(key);
  return { place, name, prefix: isBearer ? BEARER.prefix : '' };
}

function planBasicText(text: string): ReadyPlan | string {
  const pair = pairOf(text);
  return pair ? basic(pair.name, pair.secret) : 'expected user:password';
}

/** Tokens hold no colon (RFC 6750), so one with a colon is a name and a secret. */
function planOAuthText(
  text: string,
  scheme: Extract<SecurityScheme, { kind: 'oauth2' }>,
): SignInPlan | string {
  const pair = pairOf(text);
  if (!pair) return bearer(text);
  return scheme.flows.includes('password')
    ? planOAuth('password', { username: pair.name, password: pair.secret }, scheme)
    : planOAuth('client-credentials', { clientId: pair.name, clientSecret: pair.secret }, scheme);
}

/** A token for openIdConnect can be had by other means; digest and client certificates are beyond us. */
function planOther(text: string, name: string): SignInPlan | string {
  return /openid/i.test(name)
    ? bearer(text)
    : `${name} is a kind of security that bench cannot do; { header, value } sends a header of your own`;
}

function pairOf(text: string): { name: string; secret: string } | undefined {
  const at = text.indexOf(':');
  return at <= 0 ? undefined : { name: text.slice(0, at), secret: text.slice(at + 1) };
}

const BEARER: TokenPlace = { place: 'header', name: 'authorization', prefix: 'Bearer ' };
const BASIC: TokenPlace = { ...BEARER, prefix: 'Basic ' };

function bearer(token: string): ReadyPlan | string {
  return given(BEARER, token.replace(/^Bearer\s+/i, ''));
}

function basic(username: string, password: string): ReadyPlan | string {
  if (username.includes(':')) return 'the user name of basic authentication cannot hold a colon';
  return given(BASIC, Buffer.from(`${username}:${password}`, 'utf8').toString('base64'));
}

function given({ place, name, prefix }: TokenPlace, token: string): ReadyPlan | string {
  const credential: Credential = { place, name, value: prefix + token };
  return faultOf(credential) ?? { kind: 'ready', credential, token };
}

/** Why a credential cannot go on the wire. */
function faultOf({ place, name, value }: Credential): string | undefined {
  if (place === 'query') return undefined;
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    return `the document's name of its ${place}, ${JSON.stringify(name)}, cannot be sent`;
  return place === 'header' && /[^\t\x20-\x7e\x80-\xff]/.test(value)
    ? 'it holds characters that no header can carry'
    : undefined;
}

function formPlace({ header, query, cookie, prefix = '' }: TokenForm): TokenPlace {
  if (header !== undefined) return { place: 'header', name: header, prefix };
  if (query !== undefined) return { place: 'query', name: query, prefix };
  return { place: 'cookie', name: cookie ?? '', prefix };
}

function planPassword(entry: Entry<'username'>, scheme: SecurityScheme | undefined): SignInPlan | string {
  const isOAuth = scheme?.kind === 'oauth2' || (scheme === undefined && entry.tokenUrl !== undefined);
  if (isOAuth) return planOAuth('password', entry, scheme);
  if (scheme === undefined || scheme.kind === 'basic') return basic(entry.username, entry.password);
  return entry.tokenUrl === undefined
    ? `a user and password do not fit ${kindName(scheme)}`
    : planOAuth('password', entry, scheme);
}

function kindName(scheme: SecurityScheme): string {
  const names = {
    'api-key': 'an API key',
    basic: 'basic authentication',
    bearer: 'a bearer token',
    oauth2: 'OAuth',
  };
  return scheme.kind === 'other'
    ? scheme.name
    : `${names[scheme.kind]}; expected the ${scheme.kind === 'api-key' ? 'key' : 'token'} as text, or { login, body }`;
}

/** A user and password of which nobody has to know. */
function planAccount(entry: Entry<'register'>, scheme: SecurityScheme | undefined): SignInPlan | string {
  if (scheme?.kind === 'oauth2' || entry.tokenUrl !== undefined) return planOAuth('password', entry, scheme);
  return 'expected login: beside register:, the operation that signs in';
}

type Grant = 'password' | 'client-credentials';
/** What both flows may say. */
type OAuthEntry = {
  readonly [Key in keyof Entry<'username'>]?: Entry<'username'>[Key] | undefined;
};

function planOAuth(grant: Grant, entry: OAuthEntry, scheme: SecurityScheme | undefined): OAuthPlan | string {
  const described = scheme?.kind === 'oauth2' ? scheme : undefined;
  const tokenUrl = entry.tokenUrl ?? described?.tokenUrl ?? null;
  if (tokenUrl === null) {
    return scheme && !described
      ? `${grant === 'password' ? 'a user and password do' : 'a client and its secret do'} not fit ${kindName(scheme)}`
      : 'the document gives no token URL for it: add tokenUrl:, or give the token itself as { bearer: … }';
  }
  const { username, password, clientId, clientSecret, scopes = [], clientAuth, refresh } = entry;
  return {
    kind: 'oauth2',
    form: {
      grant_type: grant === 'password' ? 'password' : 'client_credentials',
      ...(grant === 'password' ? { username: username ?? '', password: password ?? '' } : {}),
      ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    },
    client: clientId === undefined ? null : { id: clientId, secret: clientSecret ?? '' },
    clientAuth: clientAuth === undefined ? ['basic', 'body'] : [clientAuth],
    register: entry.register ?? null,
    tokenUrl,
    isTokenUrlOwn: entry.tokenUrl !== undefined,
    as: BEARER,
    refreshMs: durationOf(refresh),
  };
}

function planLogin(entry: Entry<'login'>, scheme: SecurityScheme | undefined): LoginPlan {
  const asSchemeSays = scheme?.kind === 'api-key' ? keyPlace(scheme, '') : BEARER;
  return {
    kind: 'login',
    entry,
    as: entry.as === undefined ? asSchemeSays : formPlace(entry.as),
    cookie: entry.as === undefined && asSchemeSays.place === 'cookie' ? asSchemeSays.name : null,
    refreshMs: durationOf(entry.refresh),
  };
}

function durationOf(text: string | undefined): number | null {
  return text === undefined ? null : (parseDurationMs(text) ?? null);
}
