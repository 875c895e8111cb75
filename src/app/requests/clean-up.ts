import { timeLimit } from '../../kernel/clock.js';
import { plural } from '../../kernel/format.js';
import { oneLine } from '../../kernel/text.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { capturedFor, type CapturedPool } from '../../openapi/chains/captured.js';
import { placeholderNames } from '../../openapi/document/placeholders.js';
import type { DescribedOperation } from '../../openapi/document/described-operation.js';
import { matches } from '../../openapi/selection/select-operations.js';
import type { Target } from '../../target/target.js';
import { GivenValues } from './given-values.js';
import { buildAny, type Credentials } from './build-requests.js';
import type { Api } from '../document/read-api.js';
import type { Observer } from '../../model/live/run-events.js';
import { sendRequest } from './send-request.js';

interface CleanUpOptions {
  readonly config: RunConfig;
  readonly api: Api;
  readonly access: Credentials;
  /** What the scenario's own steps have captured: ids that were found elsewhere are not ours to delete. */
  readonly pools: readonly CapturedPool[];
  readonly target: Target;
  readonly observe: Observer;
}

/** What set-ups have left in a target, until it is taken back. */
export class Leftovers {
  private api: Api | undefined;
  private pools: readonly CapturedPool[] = [];

  /** To be called from the first request on that may leave something. */
  readonly leave = (api: Api, pools: readonly CapturedPool[]): void => {
    this.api = api;
    this.pools = [...this.pools, ...pools];
  };

  /** Sends the clean-up once, to a target that lives. */
  async takeBack(
    options: Pick<CleanUpOptions, 'config' | 'observe' | 'access'>,
    target: Target | undefined,
  ): Promise<void> {
    const { api, pools } = this;
    if (!api || !target || target.death !== undefined) return;
    this.api = undefined;
    this.pools = [];
    await cleanUp({ ...options, api, pools, target });
  }
}

const LIMIT_MS = 10_000;

/** Takes back what the set-up has made; what fails is told and harms nothing. Not stopped by an interrupt. */
async function cleanUp(options: CleanUpOptions): Promise<void> {
  const { config, api, observe } = options;
  const limit = timeLimit(LIMIT_MS);
  for (const selector of config.cleanup) {
    for (const operation of api.operations.filter((one) => matches(one, selector))) {
      observe({ kind: 'stage', message: oneLine(`clean-up: ${operation.method} ${operation.path}`) });
      const trouble = await callOperation(options, operation, limit);
      if (trouble !== null)
        observe({
          kind: 'notice',
          message: oneLine(`Clean-up: ${operation.method} ${operation.path}: ${trouble}`),
        });
    }
  }
}

/** Why it was not done, or not wholly; null when it was. */
async function callOperation(
  options: CleanUpOptions,
  operation: DescribedOperation,
  limit: AbortSignal,
): Promise<string | null> {
  const { config, target } = options;
  const requests = requestsFor(options, operation);
  if (requests === undefined) return 'nothing was captured for its path, so nothing is sent';
  const isOver = (): boolean => limit.aborted;
  const failures: string[] = [];
  for (const request of requests) {
    if (isOver()) return `${LIMIT_MS / 1000} s were over before all were sent`;
    try {
      const { status, failure } = await sendRequest(target, request, config.timeoutMs, limit);
      // What is gone already need not be taken away.
      const isDone = status !== null && (status < 400 || status === 404 || status === 410);
      if (!isDone) failures.push(failure ?? `status ${status ?? ''}`);
    } catch (error) {
      if (!isOver()) throw error;
    }
  }
  const [first] = failures;
  return first === undefined
    ? null
    : `${plural(failures.length, 'request')} of ${requests.length} failed: ${first}`;
}

/** One for each captured value; undefined when a placeholder of the path has none, nor a rule: it might be anyone's. */
function requestsFor(
  options: CleanUpOptions,
  operation: DescribedOperation,
): readonly RequestBlueprint[] | undefined {
  const { config, api, pools } = options;
  const given = new GivenValues(config, api);
  const captured = capturedFor(operation, pools);
  const names = placeholderNames(operation.path);
  const keys = names.map((name) => `path.${name}`);
  const isKnown = (key: string): boolean => Object.hasOwn(captured.values, key) || given.has(operation, key);
  if (!keys.every(isKnown)) return undefined;
  const wanted = Math.max(1, ...Object.values(captured.values).map((values) => values.length));
  // Values for all operations are for the load: what they name, the set-up has not made.
  const values = Object.fromEntries(
    Object.entries(config.values).filter(([key]) => !Object.hasOwn(captured.values, key)),
  );
  const { blueprints } = buildAny({ ...options, config: { ...config, values } }, operation, captured);
  const distinct = new Map(blueprints.map((one) => [`${one.path} ${String(one.body)}`, one]));
  return [...distinct.values()].slice(0, wanted);
}
