import { redactText } from '../kernel/redact-text.js';

/** Known methods may be typed in small letters; of all others the spelling is part of the name. */
const USUAL = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY', 'CONNECT'];
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const FORM = "expected 'METHOD /path', such as 'GET /health'";

/** Method and path of `GET /items?limit=10`, or what is wrong. `origin` is where the requests go, where that is known. */
export function readRequestLine(
  line: string,
  origin: string | null,
): { readonly method: string; readonly path: string } | string {
  const came = `came "${redactText(line)}"`;
  const [, word = '', rest = ''] = /^\s*(\S*)\s*(.*?)\s*$/s.exec(line) ?? [];
  if (isPlace(word)) return `${FORM}, ${came}: the method is missing: 'GET ${redactText(word)}'?`;
  const method = USUAL.find((one) => one === word.toUpperCase()) ?? word;
  if (!METHOD.test(method)) return `${FORM}, ${came}`;
  if (method === 'CONNECT') return 'CONNECT opens a tunnel and asks nothing of a server';
  if (rest === '') return `${FORM}, ${came}: the path is missing`;
  const path = /^https?:/i.test(rest) ? pathOn(rest, origin, method) : { path: rest };
  if (typeof path === 'string') return path;
  const why = whyNoPath(path.path);
  return why === undefined ? { method, ...path } : `${why}, ${came}`;
}

function isPlace(word: string): boolean {
  return word.startsWith('/') || /^https?:/i.test(word);
}

/** What stands behind the origin of a whole URL, unchanged. */
function pathOn(url: string, origin: string | null, method: string): { path: string } | string {
  if (!URL.canParse(url)) return `${redactText(url)} is no URL: ${FORM}`;
  const { origin: own, username } = new URL(url);
  const path = /^https?:\/*[^/?#]*(.*)$/is.exec(url)?.[1] ?? '';
  const written = path.startsWith('/') ? path : `/${path}`;
  const right = `--url ${own} --request '${method} ${redactText(written)}'`;
  if (username !== '')
    return `a login goes into --url: --url 'https://USER:PASSWORD@host' --request 'GET /path'`;
  if (own === origin) return { path: written };
  return origin === null
    ? `the server has an address of its own, which stands elsewhere: '${method} ${redactText(written)}'`
    : `${redactText(own)} is not ${origin}, where requests go: ${right}`;
}

function whyNoPath(path: string): string | undefined {
  if (!path.startsWith('/')) return `${FORM}: the path begins with /`;
  if (path.includes('#')) return 'what follows a # never goes to a server: write %23 where it is meant';
  const [odd] = /[^\x21-\x7e]/u.exec(path) ?? [];
  if (odd === undefined) return undefined;
  return `a path cannot hold "${odd}" as it is: write ${encodeURIComponent(odd.replace(/\p{Surrogate}/u, '\ufffd'))}`;
}
