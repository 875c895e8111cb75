import { isObject } from '../../kernel/is-object.js';
import { asArray } from './open-api-document.js';
import { isUrl } from './read-text.js';

type Raw = Readonly<Record<string, unknown>>;

export interface ServerPath {
  /** Without a slash at its end. */
  readonly path: string;
  /** In words that follow “it …”. */
  readonly problem: string | null;
}

/**
 * The path of the first server that the innermost of these speaks of, or Swagger 2.0's basePath. A server's host
 * never decides where load goes. What starts with neither a slash nor a host is relative to `location`, where the
 * document came from.
 */
export function serverPath(fromInside: readonly Raw[], location: string): ServerPath {
  const speaker = fromInside.find(({ servers }) => asArray(servers).length > 0);
  if (!speaker) {
    const { basePath } = fromInside.at(-1) ?? {};
    return { path: typeof basePath === 'string' ? pathOf(basePath, ROOT) : '', problem: null };
  }
  const server = asArray(speaker['servers'])[0];
  if (!isObject(server) || typeof server['url'] !== 'string') return { path: '', problem: null };
  const { rest, unknown } = withValues(withoutHost(server['url']), server['variables']);
  const [name] = unknown;
  return {
    path: pathOf(rest, isUrl(location) ? location : ROOT),
    problem: name === undefined ? null : `is on a server whose {${name}} has no value: it is sent as ${name}`,
  };
}

/** What the user says of the path before all others; neither has a slash at its end. */
export interface BasePath {
  /** It counts whatever else is said; null = not said. */
  readonly override: string | null;
  /** In place of the document's own, unless that begins with it; empty = not said. */
  readonly wanted: string;
}

export const NO_BASE: BasePath = { override: null, wanted: '' };

export function baseFrom({ override, wanted }: BasePath, own: string): string {
  if (override !== null) return override;
  return wanted === '' || own === wanted || own.startsWith(`${wanted}/`) ? own : wanted;
}

/** Base paths that servers have beside the one that a document names first. */
const USUAL_BASES = ['/api', '/v1', '/api/v1'];

/** Where the paths of a document may start: at the root, at any of its servers, beside the document, or as usual. */
export function possibleBases(document: Raw, spec: string): readonly string[] {
  const named = asArray(document['servers']).map((server) => serverPath([{ servers: [server] }], spec).path);
  const folders = spec.startsWith('/') ? pathOf(spec, ROOT).split('/').slice(1, -1) : [];
  const beside = folders.map((_, at) => `/${folders.slice(0, folders.length - at).join('/')}`);
  return [...new Set(['', ...named, ...beside, ...USUAL_BASES])].slice(0, MOST_BASES);
}

const MOST_BASES = 10;

const ROOT = 'http://target/';

/** What is left when scheme, host and port are gone, which may be variables. */
function withoutHost(url: string): string {
  const named = /^(?:[^/{}:]+|\{[^{}]+\}):\/\/[^/]*|^\/\/[^/]*/.exec(url);
  // A host without a scheme: by its port, its name, or because nothing else is a variable at the start.
  const bare =
    named ??
    /^(?:[^/:]+|\{[^{}]+\}):(?:\d+|\{[^{}]+\})(?=\/|$)|^localhost(?=\/|$)|^\{[^{}]+\}(?=\/|$)|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?=\/)/i.exec(
      url,
    );
  if (!bare) return url;
  const rest = url.slice(bare[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

function pathOf(url: string, base: string): string {
  try {
    return new URL(url, base).pathname.replace(/\/+$/, '');
  } catch {
    return ''; // no URL at all, of which no path can be read
  }
}

function withValues(url: string, variables: unknown): { rest: string; unknown: readonly string[] } {
  const unknown: string[] = [];
  const rest = url.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    const { default: preset, enum: choices } = isObject(variable) ? variable : {};
    const value = [preset, ...asArray(choices)].find(
      (one) => typeof one === 'string' || typeof one === 'number',
    );
    if (value === undefined) unknown.push(name);
    return value === undefined ? name : String(value);
  });
  return { rest, unknown };
}
