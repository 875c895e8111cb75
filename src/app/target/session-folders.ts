import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { reasonOf } from '../../kernel/errors.js';
import type { Placeholders } from '../../model/config/placeholders.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { cacheFolder } from '../../store/cache-folder.js';
import type { Observer } from '../../model/live/run-events.js';
import { makeScratchFolder } from './scratch-folder.js';

/** What the commands of a scenario may write to: a scratch folder, made when it is first asked for, and a cache. */
export class SessionFolders {
  private scratch: string | undefined;

  constructor(private readonly config: Pick<RunConfig, 'scenario' | 'folder'>) {}

  /** What stands for the placeholders in a command. */
  async placeholders(host: string, port: string, workers: number): Promise<Placeholders> {
    this.scratch ??= await makeScratchFolder();
    return {
      host,
      port,
      workers: String(workers),
      scratch: this.scratch,
      cache: scenarioCache(this.config),
      node: process.execPath,
    };
  }

  /** Removes the scratch folder. A leftover one is a nuisance, but no reason to lose the results. */
  async remove(observe: Observer): Promise<void> {
    const folder = this.scratch;
    this.scratch = undefined;
    if (folder === undefined) return;
    try {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      const message = `The folder ${folder} could not be removed: ${reasonOf(error)}. Remove it by hand.`;
      observe({ kind: 'notice', message });
    }
  }
}

/** A folder that outlives the run, for what a scenario prepares once; made for preparations only. */
function scenarioCache({ scenario, folder }: Pick<RunConfig, 'scenario' | 'folder'>): string {
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  return cacheFolder(`${scenario.replace(/[^A-Za-z0-9_-]+/g, '_')}-${key}`);
}
