import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TinyServer {
  readonly origin: string;
  /** Requests by path. */
  readonly counted: ReadonlyMap<string, number>;
  /** Resolves when so many requests have come, for whatever path. */
  reached(requests: number): Promise<void>;
  close(): Promise<void>;
}

/** Answers `ok` with the status asked for in the path (`/500`), 200 otherwise; `/silent` never. */
export async function tinyServer(): Promise<TinyServer> {
  const counted = new Map<string, number>();
  const waiting: { requests: number; resolve: () => void }[] = [];
  let total = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    counted.set(path, (counted.get(path) ?? 0) + 1);
    total += 1;
    for (const { requests, resolve } of waiting) if (total >= requests) resolve();
    if (path === '/silent') return;
    response.statusCode = Number(/^\/(\d{3})$/.exec(path)?.[1] ?? 200);
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counted,
    reached: (requests) =>
      new Promise((resolve) => {
        if (total >= requests) resolve();
        else waiting.push({ requests, resolve });
      }),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
