import type { RequestBlueprint } from '../../model/requests/request.js';

interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** The request with these cookies too, in place of its own of the same names. */
export function withCookies(request: RequestBlueprint, cookies: readonly Cookie[]): RequestBlueprint {
  if (cookies.length === 0) return request;
  const { headers } = request;
  const at = headers.findIndex((text, place) => place % 2 === 0 && text.toLowerCase() === 'cookie');
  const names = new Set(cookies.map(({ name }) => name));
  const own = at < 0 ? [] : (headers[at + 1] as string).split(';').map((pair) => pair.trim());
  const left = own.filter((pair) => pair !== '' && !names.has((pair.split('=')[0] as string).trim()));
  const text = [...left, ...cookies.map(({ name, value }) => `${name}=${value}`)].join('; ');
  return { ...request, headers: at < 0 ? [...headers, 'cookie', text] : headers.with(at + 1, text) };
}
