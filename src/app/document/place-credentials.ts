import type { Credential } from '../../model/requests/request.js';

/** A request outside the load, as far as credentials change it. */
interface Guarded {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The same request with what gets it past a guard. */
export function withCredentials<R extends Guarded>(request: R, credentials: readonly Credential[]): R {
  const at = (place: Credential['place']): readonly Credential[] =>
    credentials.filter((credential) => credential.place === place);
  const url = new URL(request.url);
  for (const { name, value } of at('query')) url.searchParams.set(name, value);
  const own = Object.entries(request.headers).flatMap(([name, value]) =>
    name.toLowerCase() === 'cookie' ? [value] : [],
  );
  const cookies = [...own, ...at('cookie').map(({ name, value }) => `${name}=${value}`)];
  return {
    ...request,
    url: at('query').length > 0 ? url.href : request.url,
    headers: {
      ...request.headers,
      ...Object.fromEntries(at('header').map(({ name, value }) => [name.toLowerCase(), value])),
      ...(cookies.length > 0 ? { cookie: cookies.join('; ') } : {}),
    },
  };
}
