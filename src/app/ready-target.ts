import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import type { Target } from '../target/target.js';
import type { Access } from './access.js';
import { prepareLoad, prepareSetup, setupOperations } from './prepare-api.js';
import { readApi, type Api } from './read-api.js';
import { runSetup } from './run-setup.js';

/** What a started target is to be loaded with. */
export interface Readied {
  readonly api: Api;
  /** The requests, with the credentials that are valid now: to be asked for again when these were renewed. */
  readonly prepare: () => readonly PreparedOperation[];
}

/**
 * Brings a target that has just been started to where load can begin, outside every measured window: reads its
 * document unless that is known, signs in, sends what the scenario wants sent first, and prepares the requests. To be done
 * again after each start: ids and tokens do not outlive the target.
 */
export async function readyTarget(
  config: RunConfig,
  target: Target,
  access: Access,
  known: Api | undefined,
  signal: AbortSignal,
): Promise<Readied> {
  const api = known ?? (await readApi(config, target, signal));
  await access.signIn(api, target, [...api.selected, ...setupOperations(config, api)]);
  await runSetup(target, prepareSetup(config, api, access), signal);
  return { api, prepare: () => prepareLoad(config, api, access) };
}
