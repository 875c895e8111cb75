import type { Clock } from '../../kernel/clock.js';
import type { Fetch } from '../../model/requests/fetch.js';
import type { RunConfig, TargetConfig } from '../../model/config/run-config.js';
import { attach } from '../../target/attach.js';
import { atKnownPlace } from '../../target/locate-target.js';
import type { Target } from '../../target/target.js';
import { waitUntilReady } from '../../target/wait-until-ready.js';
import { placeOf } from './place-of.js';
import { readinessRequest } from './start-target.js';

export type UrlTarget = Extract<TargetConfig, { kind: 'url' }>;

interface AttachOptions {
  readonly clock: Clock;
  readonly config: RunConfig;
  readonly target: UrlTarget;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
}

/** Finds the target that runs already and waits until it is ready. */
export async function attachTarget(options: AttachOptions): Promise<Target> {
  const { clock, config, signal } = options;
  const { url, readyTimeoutMs: limitMs } = options.target;
  const place = placeOf(url, config.connection.socketPath);
  const target = await attach(clock, url, place, options.fetch);
  const readiness = {
    ...readinessRequest(config),
    ...{ limitMs, fetch: target.fetch, originOf: () => url },
    hint: 'Check that the server is running, and that this is its address; --ready-timeout 1m waits longer.',
  };
  await waitUntilReady(clock, target, atKnownPlace(place), readiness, signal);
  return target;
}
