import { UserError } from '../../kernel/errors.js';
import { headersOf } from '../../model/requests/fetch.js';
import type { CsrfConfig } from '../../model/config/csrf.js';
import type { Credential } from '../../model/requests/request.js';
import { withDefaults } from '../../openapi/requests/default-headers.js';
import { cookiesOf } from '../../model/requests/set-cookie.js';
import { withCredentials } from '../document/place-credentials.js';
import { sendRequest } from '../requests/send-request.js';
import type { SignInContext } from './sign-in.js';

const LIMIT_MS = 15_000;

/**
 * The cookie and the header of a token against forged requests, from a page that sets it. Servers set another one when
 * somebody signs in, on the answer to that or on the next page, or keep the one that they were sent (`before`).
 */
export async function csrfCredentials(
  { cookie, header, from }: CsrfConfig,
  { api, target, config, held, clock, mask, signal }: SignInContext,
  before: readonly Credential[],
): Promise<readonly Credential[]> {
  const page = api.operations.find(({ method, path }) => method === 'GET' && !path.includes('{'));
  const path = from ?? page?.path ?? '/';
  const known = [...held.flatMap(({ credentials }) => credentials), ...before];
  const request = { url: target.origin + path, headers: { accept: '*/*', ...config.headers } };
  const { headers } = withCredentials(request, known);
  const answer = await sendRequest(
    target,
    { method: 'GET', path, headers: withDefaults(headers), body: null },
    LIMIT_MS,
    signal,
  );
  const set = cookiesOf(headersOf(answer, 'set-cookie'), clock.unixMs());
  const isIt = ({ name }: { readonly name: string }): boolean => name === cookie;
  const value = set.find(isIt)?.value ?? known.find((one) => one.place === 'cookie' && isIt(one))?.value;
  if (value === undefined)
    throw new UserError(
      'run',
      `GET ${path} was answered with status ${answer.status ?? 'none'} and sets no cookie ${cookie}.`,
      'Name a page that does: from: in csrf: of the scenario file.',
    );
  mask.add(value);
  return [
    { place: 'cookie', name: cookie, value },
    { place: 'header', name: header, value: decoded(value) },
  ];
}

/** Some write it into the cookie percent-encoded, and read it from the header as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // no encoding after all
  }
}
