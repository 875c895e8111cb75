import { systemClock, type Clock } from '../../kernel/clock.js';
import type { Fetch } from '../../model/requests/fetch.js';
import { Line, type Way } from './fetch-line.js';

export interface Fetcher {
  readonly fetch: Fetch;
  /** Ends all connections; what is under way then fails. */
  close(): Promise<void>;
}

/**
 * A fetch that takes the load's own way: its client, with a Unix socket, any certificate and kept connections as
 * the load has them. So the pre-flight takes for an answer what the load does. Not for other hosts than the target.
 */
export function fetchThrough(way: Way, clock: Clock): Fetcher {
  const lines = new Map<string, Line>();
  const lineTo = (origin: string): Line => {
    const line = lines.get(origin) ?? new Line(origin, way, clock);
    lines.set(origin, line);
    return line;
  };
  return {
    async fetch(url, { method = 'GET', headers = [], body = null, ...options } = {}) {
      const { origin, path } = partsOf(url);
      return lineTo(origin).ask({ method, path, headers: [...headers], body }, options);
    },
    async close() {
      const all = [...lines.values()];
      lines.clear();
      await Promise.all(all.map((line) => line.close()));
    },
  };
}

/** For other hosts than the target: nothing of the way to the target leads there. */
export const fetchElsewhere: Fetch = async (url, options) => {
  const connection = { socketPath: null, acceptsAnyCertificate: false, keepAlive: false };
  const fetcher = fetchThrough({ connection, client: 'undici' }, systemClock);
  try {
    return await fetcher.fetch(url, options);
  } finally {
    await fetcher.close();
  }
};

/** The path goes as it is, as in the load: reading it as a URL would resolve its dots. */
function partsOf(url: string): { origin: string; path: string } {
  const [, origin = '', rest = ''] = /^(https?:\/\/[^/?#]+)([^#]*)/i.exec(url) ?? [];
  if (!URL.canParse(origin)) throw new Error(`${JSON.stringify(url)} is no URL of HTTP`);
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return { origin: new URL(origin).origin, path: path.replace(/[^\x21-\x7e]+/gu, encodeURIComponent) };
}
