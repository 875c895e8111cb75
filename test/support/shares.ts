import type { GeneratorShare } from '../../src/model/generation/generator.js';
import type { RequestBlueprint } from '../../src/model/requests/request.js';

/** 200 requests in one second, without warm-up, unless told otherwise. */
export function share(origin: string, parts: Partial<GeneratorShare> = {}): GeneratorShare {
  return {
    load: { kind: 'constant-rate', ratePerSecond: 200, durationMs: 1000, arrivals: 'constant' },
    part: { index: 0, of: 1 },
    address: { origin, socketPath: null, acceptsAnyCertificate: false, keepAlive: true },
    client: 'wire',
    operations: asking({ method: 'GET', path: '/items', headers: [], body: null }),
    seed: 1,
    firstSerial: { warmup: 0, window: 0 },
    timeoutMs: 2000,
    maxConnections: 20,
    maxQueue: 1000,
    pacing: 'relaxed',
    warmup: { durationMs: 0, connections: 4, ratePerSecond: 100 },
    ...parts,
  };
}

/** One operation with these requests. */
export function asking(...blueprints: RequestBlueprint[]): GeneratorShare['operations'] {
  return [{ blueprints, weight: 1 }];
}

/** A short plan for tests that only need a generator to do something. */
export function shortLoad(requests: number, durationMs: number): GeneratorShare['load'] {
  const ratePerSecond = (requests * 1000) / durationMs;
  return { kind: 'constant-rate', ratePerSecond, durationMs, arrivals: 'constant' };
}
