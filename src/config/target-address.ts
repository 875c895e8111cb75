import { REDACTED, redactText } from '../kernel/redact-text.js';

/** `user:password@` of a URL, as HTTP Basic: for the origin of that URL alone. */
export interface Login {
  readonly origin: string;
  readonly authorization: string;
  /** All texts in it that must not show. */
  readonly secrets: readonly string[];
}

/** A server that runs already. */
export interface TargetAddress {
  readonly origin: string;
  /** What stands before every path, without a slash at its end; empty = nothing. */
  readonly basePath: string;
  readonly login: Login | null;
}

const EXAMPLE = 'http://127.0.0.1:8000';
/** What means every address where one listens means this machine where one sends. */
const DESTINATIONS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/** Reads the address of a server, with or without a scheme; what is wrong with it in a sentence that says what to write. */
export function readTargetAddress(text: string): TargetAddress | string {
  const typed = text.trim();
  if (typed === '') return `expected an address such as ${EXAMPLE}, came nothing`;
  const [, port, rest = ''] = /^:?(\d+)(\/.*)?$/.exec(typed) ?? [];
  if (port !== undefined) return wrong(typed, `http://127.0.0.1:${port}${rest}`);
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed) ?? [];
  if (scheme !== '' && !/^https?$/i.test(scheme))
    return wrong(typed, redactText(typed.replace(/^[^:]*/, 'http')));
  if (scheme === '' && !/[.:\]]|^localhost\b/i.test(typed)) return wrong(typed, `http://${typed}`);
  const full = scheme === '' ? `http://${typed}` : typed;
  if (!URL.canParse(full)) return wrong(typed, EXAMPLE);
  const url = new URL(full);
  if (url.port === '0' || !/^[^/?#]*[^/?#:@]/.test(full.replace(/^[^:]*:\/\//, '')))
    return wrong(typed, EXAMPLE);
  url.hostname = DESTINATIONS[url.hostname] ?? url.hostname;
  const basePath = url.pathname.replace(/\/+$/, '');
  if (url.search !== '' || url.hash !== '')
    return `${wrong(typed, url.origin + basePath)}, as queries come from the document and \`values:\``;
  return { origin: url.origin, basePath, login: loginOf(url) };
}

function wrong(typed: string, instead: string): string {
  return `expected an address such as ${EXAMPLE}, came "${shownAddress(typed)}": write ${instead}`;
}

/** Also where it is no URL: all up to the last @ may be a password. */
function shownAddress(typed: string): string {
  return redactText(typed.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, `$1${REDACTED}@`));
}

/** A URL without its login, and the login. */
export function splitLogin(text: string): { readonly url: string; readonly login: Login | null } {
  const url = new URL(text);
  const login = loginOf(url);
  if (login === null) return { url: text, login };
  url.username = '';
  url.password = '';
  return { url: url.href, login };
}

function loginOf({ origin, username, password }: URL): Login | null {
  if (username === '' && password === '') return null;
  const pair = `${decoded(username)}:${decoded(password)}`;
  const authorization = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
  return { origin, authorization, secrets: [pair, ...loginSecrets(`${username}:${password}`)] };
}

/**
 * What must not show of a login as it stands in a URL: its password, in both spellings; without one, its name. The
 * `postgres:postgres` of a database for tests is no secret, and its word stands everywhere.
 */
export function loginSecrets(login: string): string[] {
  const at = login.indexOf(':');
  const secret = at < 0 ? login : login.slice(at + 1);
  if (secret === login.slice(0, at)) return [];
  return [...new Set([secret, decoded(secret)])].filter((text) => text !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
