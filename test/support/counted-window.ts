import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import type { RunningBench } from './sandbox.js';
import { fixtureServer, type FixtureServer } from './fixture-server.js';

/** A server that counts the requests of the load, so that a test knows when a window is open. */
export async function countingServer(): Promise<FixtureServer & { readonly target: readonly string[] }> {
  const server = await fixtureServer('counting-server');
  return { ...server, target: ['--url', server.url, '--spec', resolve('test/fixtures/one-operation.json')] };
}

/** Resolves when so many requests of the load have come; needs a run without warm-up. */
export async function untilCounted(bench: RunningBench, url: string, requests: number): Promise<void> {
  let counted = 0;
  while (counted < requests) {
    counted = Number(await (await fetch(`${url}/count`)).text());
    await bench.until(() => true);
    await sleep(20);
  }
}
