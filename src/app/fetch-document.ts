import type { AuthConfig, AuthEntry } from '../model/auth.js';
import type { Fetch } from '../model/fetch.js';
import type { Credential } from '../model/request.js';
import { planEntry } from '../openapi/security/plan-entry.js';
import { withCredentials } from './place-credentials.js';

/** Each is a request, and some servers lock out whoever tries too often. */
const MOST_ATTEMPTS = 4;

/**
 * A fetch for the target's document: where it is refused (401, 403), tries again with what is configured and
 * needs no sign-in, since how the schemes are sent is known from the document alone.
 */
export function fetchDocument(fetch: Fetch, auth: AuthConfig): Fetch {
  const attempts = attemptsOf(auth).slice(0, MOST_ATTEMPTS);
  return async (url, options = {}) => {
    let answer = await fetch(url, options);
    for (const credentials of attempts) {
      if (answer.status !== 401 && answer.status !== 403) return answer;
      await answer.arrayBuffer();
      const request = { url, headers: namedHeaders(options.headers) };
      const { url: withSecrets, headers } = withCredentials(request, credentials);
      // Followed to another host, they would go there.
      answer = await fetch(withSecrets, { ...options, headers, redirect: 'manual' });
    }
    return answer;
  };
}

function namedHeaders(headers: NonNullable<Parameters<Fetch>[1]>['headers'] = {}): Record<string, string> {
  return Array.isArray(headers) ? Object.fromEntries(headers) : { ...headers };
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
