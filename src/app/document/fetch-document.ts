import { UserError } from '../../kernel/errors.js';
import { redactText } from '../../kernel/redact-text.js';
import type { AuthConfig, AuthEntry } from '../../model/config/auth.js';
import { headerOf, type Fetch, type Fetched } from '../../model/requests/fetch.js';
import type { Credential } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { withDefaults } from '../../openapi/requests/default-headers.js';
import { planEntry } from '../../openapi/security/plan-entry.js';
import type { Target } from '../../target/target.js';
import { withCredentials } from './place-credentials.js';

/** Each is a request, and some servers lock out a client that tries too often. */
const MOST_ATTEMPTS = 4;
const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface DocumentWays {
  readonly config: Pick<RunConfig, 'headers' | 'auth'>;
  /** Where headers and credentials go; null where nothing is known to be the target. */
  readonly target: Pick<Target, 'origin' | 'fetch'> | null;
  /** To any other place. */
  readonly elsewhere: Fetch;
  /** Whether what is configured goes with the first request, not only where the target refuses one without. */
  readonly signsInFirst?: boolean;
}

/** Says as well where redirects have led. */
export type DocumentFetch = (...asked: Parameters<Fetch>) => Promise<Fetched & { readonly place: string }>;

/**
 * A fetch for the document, which follows redirects. The user's headers go to the target alone, wherever a redirect
 * leads. Where the target refuses (401, 403), it tries again with what is configured and needs no sign-in, since how
 * the schemes are sent is known from the document alone.
 */
export function fetchDocument({
  config,
  target,
  elsewhere,
  signsInFirst = false,
}: DocumentWays): DocumentFetch {
  const { headers: own, auth } = config;
  const signedIn = attemptsOf(auth).slice(0, MOST_ATTEMPTS);
  const attempts = signsInFirst ? [...signedIn, []] : [[], ...signedIn];
  const askTarget = async (
    { fetch }: Pick<Target, 'fetch'>,
    request: { readonly url: string; readonly headers: Readonly<Record<string, string>> },
    options: Options,
  ): Promise<Fetched> => {
    let answer: Fetched | undefined;
    for (const credentials of attempts) {
      const { url, headers } = withCredentials(request, credentials);
      answer = await fetch(url, { headers: withDefaults(headers), ...options });
      if (answer.status !== 401 && answer.status !== 403) break;
    }
    return answer as Fetched;
  };
  const ask = (url: URL, isRedirected: boolean, options: Options): Promise<Fetched> => {
    const login = loginFor(url, auth);
    if (!target || !isAt(target.origin, url, isRedirected ? own['host'] : undefined))
      return elsewhere(url.href, { headers: withDefaults(login), ...options });
    const { pathname, search } = url;
    return askTarget(
      target,
      { url: target.origin + pathname + search, headers: { ...own, ...login } },
      options,
    );
  };
  return async (url, options = {}) => {
    let place = new URL(url);
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await ask(place, redirects > 0, options);
      const location = REDIRECTS.has(answer.status) ? headerOf(answer, 'location') : null;
      if (location === null) return { ...answer, place: place.href };
      place = placeAt(location, place);
    }
    throw redirected(url, `more than ${MOST_REDIRECTS} times`);
  };
}

/** What the document's own URL says, for its origin alone: a redirect must not carry it away. */
function loginFor({ origin }: URL, { document }: AuthConfig): Record<string, string> {
  return document?.origin === origin ? { authorization: document.authorization } : {};
}

type Options = Pick<NonNullable<Parameters<Fetch>[1]>, 'signal' | 'refusesLarge'>;

/** A server that is asked under another name redirects to that name. */
function isAt(origin: string, url: URL, host: string | undefined): boolean {
  const own = new URL(origin);
  return url.protocol === own.protocol && (url.host === own.host || url.host === host?.toLowerCase());
}

function placeAt(location: string, base: URL): URL {
  const place = URL.canParse(location, base.href) ? new URL(location, base) : undefined;
  if (place === undefined || !/^https?:$/.test(place.protocol))
    throw redirected(base.href, `to ${redactText(location)}`);
  return place;
}

function redirected(url: string, where: string): UserError {
  return new UserError(
    'run',
    `The OpenAPI document at ${url} was redirected ${where}.`,
    'Name the place where it is with --spec.',
  );
}

/** Whether anything is configured that can be sent before the document is known. */
export function hasReadyCredentials(auth: AuthConfig): boolean {
  return attemptsOf(auth).length > 0;
}

/** All that go elsewhere than into Authorization at once, with each that goes there in turn. */
function attemptsOf({ entries, environment, unresolved }: AuthConfig): Credential[][] {
  if (unresolved.length > 0) return [];
  const all = [...Object.values(entries), ...Object.values(environment)].flatMap(readyCredentials);
  const isAuthorization = ({ place, name }: Credential): boolean =>
    place === 'header' && name.toLowerCase() === 'authorization';
  const beside = all.filter((credential) => !isAuthorization(credential));
  const inTurn = all.filter(isAuthorization);
  if (inTurn.length > 0) return inTurn.map((credential) => [...beside, credential]);
  return beside.length > 0 ? [beside] : [];
}

/** A text is a token, or `user:password`, as long as no document says otherwise. */
function readyCredentials(entry: AuthEntry): Credential[] {
  const scheme =
    typeof entry === 'string' ? ({ kind: entry.includes(':') ? 'basic' : 'bearer' } as const) : undefined;
  const plan = planEntry(entry, scheme);
  return typeof plan !== 'string' && plan.kind === 'ready' ? [plan.credential] : [];
}
