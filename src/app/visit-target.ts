import { systemClock as clock } from '../kernel/clock.js';
import { maskFor } from '../config/redact.js';
import type { SecretMask } from '../config/secret-mask.js';
import type { PreflightResult } from '../model/preflight.js';
import type { PreparedOperation } from '../model/request.js';
import type { RunConfig } from '../model/run-config.js';
import { Access } from './access.js';
import { Adjustments } from './adjustments.js';
import { Leftovers } from './clean-up.js';
import { maskedObserver, withMaskedErrors } from './masked-observer.js';
import { noteBasePath } from './note-base-path.js';
import { runPreflight } from './preflight.js';
import { readApiFile, type Api } from './read-api.js';
import { readyTarget } from './ready-target.js';
import type { Observer } from './run-events.js';
import { TargetSession } from './target-session.js';

export interface VisitOptions {
  readonly config: RunConfig;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** A target that has been made ready, without load. */
export interface Visit {
  readonly api: Api;
  /** As they are prepared now: what asking them has shown is in them. */
  readonly operations: () => readonly PreparedOperation[];
  readonly mask: SecretMask;
  /** Sends the first request of each of these. */
  readonly ask: (operations: readonly PreparedOperation[]) => Promise<readonly PreflightResult[]>;
}

/** Starts the target, signs in, sets it up, lets `work` be done on it, and takes back what the set-up has made. */
export async function visitTarget<Result>(
  { observe, ...rest }: VisitOptions,
  work: (visit: Visit) => Promise<Result>,
): Promise<Result> {
  const mask = maskFor(rest.config);
  const options = { ...rest, mask, observe: maskedObserver(observe, mask) };
  const leftovers = new Leftovers();
  const session = new TargetSession({ ...options, clock, logFile: null });
  const access = new Access({ ...options, clock });
  const adjustments = new Adjustments(options.config);
  return withMaskedErrors(mask, async () => {
    try {
      const known = await readApiFile(options.config, options);
      await session.prepare();
      const target = await session.start(options.config.workers[0] ?? 1);
      const made = { leave: leftovers.leave, ownMembers: () => 1 };
      const ready = { ...options, access, adjustments, target, known, ...made };
      const { api, prepare, prepareAgain } = await readyTarget(ready);
      noteBasePath(api, options.config, options.observe);
      const first = prepare();
      const ask: Visit['ask'] = (operations) => {
        const renew = async (): Promise<readonly PreparedOperation[]> => {
          await access.signInAgain();
          const now = prepare();
          return operations.map((one) => now[first.indexOf(one)] ?? one);
        };
        return runPreflight({ ...options, adjustments, api, operations, prepareAgain, renew, target });
      };
      return await work({ api, operations: prepare, mask, ask });
    } finally {
      await leftovers.takeBack({ ...options, access }, session.running).finally(() => session.close());
    }
  });
}
