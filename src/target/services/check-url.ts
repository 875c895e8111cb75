import { connect } from 'node:net';
import { codeOf, UserError } from '../../kernel/errors.js';
import { nameOfPlace, type Place } from '../sockets/place.js';
import type { ServiceKind } from './service.js';

const CONNECT_LIMIT_MS = 3000;

/**
 * Refuses a URL from the environment that cannot be one of this kind of database, or at which nothing listens. No login is tried,
 * and nothing of the URL but host and port is in the message. Where a URL names several hosts, any of them may do: none is asked.
 */
export async function refuseUnusable(kind: ServiceKind, url: string): Promise<void> {
  const place = placeOf(kind, url);
  if (place === null) return;
  const problem = await whyNot(place);
  if (problem === null) return;
  const { title, variable } = kind;
  throw new UserError(
    'run',
    `${title} cannot be reached at ${nameOfPlace(place)}, which ${variable} names: ${problem}.`,
    `Start it, or correct ${variable}. Without that variable (env -u ${variable} bench …) bench runs a ${title} of its own.`,
  );
}

/** Where its URL leads; null = not known. Throws `UserError` where it is none. */
export function placeOf(
  { name, title, variable, schemes, usualPort }: ServiceKind,
  url: string,
): Place | null {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9.-]*)(?:\+[a-z0-9_]+)?:(.*)$/is.exec(url.trim()) ?? [];
  const example = `${schemes[0] ?? ''}://user:password@127.0.0.1:${usualPort}/${name === 'redis' ? 0 : 'name'}`;
  if (scheme === 'unix') return null;
  if (!schemes.includes(scheme.toLowerCase())) {
    const what =
      scheme === '' || !rest.startsWith('//')
        ? 'holds no URL'
        : `names no ${title}: its URL begins with ${scheme}:`;
    throw new UserError('usage', `${variable} ${what}.`, `Expected something like ${example}`);
  }
  const authority = /^\/\/([^/?#]*)/.exec(rest)?.[1] ?? '';
  if (authority.replace(/^.*@/, '').includes(',')) return null;
  // Drivers then have a place of their own for it.
  if (authority.replace(/^.*@/, '') === '' && !/[?&]host=/.test(rest)) return null;
  const web = `http:${rest.replace(/^\/\/([^/?#]*@)?(?=[/?#]|$)/, '//$1localhost')}`;
  if (!URL.canParse(web)) {
    throw new UserError(
      'usage',
      `${variable} is no valid URL.`,
      `Expected something like ${example}. In user and password, characters such as / # ? @ % are written as %2F %23 %3F %40 %25.`,
    );
  }
  const { hostname, port, searchParams } = new URL(web);
  const host = searchParams.get('host') ?? hostname.replace(/^\[(.*)\]$/, '$1');
  const number = Number(
    searchParams.get('port') ?? (port === '' ? (portOf80(authority) ?? usualPort) : port),
  );
  if (host.startsWith('/')) return { kind: 'unix', path: `${host}/.s.PGSQL.${number}` };
  return { kind: 'tcp', host, port: number };
}

/** As a web address, one at port 80 has lost it. */
function portOf80(authority: string): number | undefined {
  return authority.endsWith(':80') ? 80 : undefined;
}

function whyNot(place: Place): Promise<string | null> {
  return new Promise((resolve) => {
    const where = place.kind === 'unix' ? { path: place.path } : { host: place.host, port: place.port };
    const socket = connect({ ...where, timeout: CONNECT_LIMIT_MS });
    const settle = (problem: string | null): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once('connect', () => settle(null));
    socket.once('timeout', () => settle(`nothing answered within ${CONNECT_LIMIT_MS / 1000} s`));
    socket.once('error', (error) => settle(inWords(error)));
  });
}

function inWords(error: Error): string {
  const causes = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  const codes = causes.map(codeOf);
  if (codes.includes('ECONNREFUSED')) return 'nothing listens there';
  if (codes.includes('ENOTFOUND') || codes.includes('EAI_AGAIN')) return 'there is no host of that name';
  if (codes.includes('ENOENT')) return 'there is no such socket';
  return codes.find((code) => code !== undefined) ?? error.message;
}
