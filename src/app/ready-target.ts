import type { PreparedOperation } from '../model/request.js';
import { followChains } from './follow-chains.js';
import { prepareLoad, type Gathered } from './prepare-api.js';
import { readApi, type Api } from './read-api.js';
import { runSetup, type SetupOptions } from './run-setup.js';

export interface ReadyOptions extends Omit<SetupOptions, 'api'> {
  /** Undefined when the document has not been read yet. */
  readonly known: Api | undefined;
}

/** What a started target is to be loaded with. */
export interface Readied {
  readonly api: Api;
  readonly operations: readonly PreparedOperation[];
  readonly gathered: Gathered;
}

/**
 * Brings a target that has just been started to where load can begin, outside every measured window: reads its
 * document unless that is known, sends what the scenario wants sent first, and prepares the requests. To be done
 * again after each start: ids and tokens do not outlive the target.
 */
export async function readyTarget(options: ReadyOptions): Promise<Readied> {
  const { config, target, signal } = options;
  const api = options.known ?? (await readApi(config, target, signal));
  options.leave(api, []);
  const outcome = await runSetup({ ...options, api });
  const gathered = { pools: outcome.pools, chained: await followChains({ ...options, api }, outcome) };
  return { api, operations: prepareLoad(config, api, gathered), gathered };
}
