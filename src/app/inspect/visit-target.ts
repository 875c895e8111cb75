import { systemClock as clock } from '../../kernel/clock.js';
import { maskFor } from '../../config/redact.js';
import type { SecretMask } from '../../config/secret-mask.js';
import type { PreflightResult } from '../../model/results/preflight.js';
import type { BuiltOperation } from '../../model/requests/request.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { Access } from '../access/access.js';
import { Adjustments } from '../requests/adjustments.js';
import { Leftovers } from '../requests/clean-up.js';
import { maskedObserver, withMaskedErrors } from '../target/masked-observer.js';
import { noteBasePath } from '../document/note-base-path.js';
import { runPreflight, type AskingOf } from '../preflight/preflight.js';
import { readApiFile, type Api } from '../document/read-api.js';
import { readyTarget, type Readied } from '../preflight/ready-target.js';
import type { Observer } from '../../model/live/run-events.js';
import { TargetSession } from '../target/target-session.js';

export interface VisitOptions {
  readonly config: RunConfig;
  readonly observe: Observer;
  readonly signal: AbortSignal;
}

/** A target that has been made ready, without load. */
export interface Visit {
  readonly api: Api;
  /** As they are built now: what asking them has shown is in them. */
  readonly operations: () => readonly BuiltOperation[];
  readonly mask: SecretMask;
  /** Sends the first request of each of these. */
  readonly ask: (operations: readonly BuiltOperation[]) => Promise<readonly PreflightResult[]>;
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
      await session.start({ workers: options.config.workers[0] ?? 1 });
      const made = { leave: leftovers.leave, ownMembers: () => 1 };
      const makeReady = (api: Api | undefined): Promise<Readied> =>
        readyTarget({ ...options, access, adjustments, target: session.current, known: api, ...made });
      let readied = await makeReady(known);
      const { api } = readied;
      noteBasePath(api, options.config, options.observe);
      const ask: Visit['ask'] = (operations) => {
        let now = operations;
        const renew = (): void => {
          const built = readied.build();
          now = operations.map((one) => built.find((other) => isSame(one, other)) ?? one);
        };
        const askingOf: AskingOf = (isLeft) => ({
          ...{ ...options, adjustments, api, target: session.current },
          operations: now.filter(isLeft),
          rebuild: readied.rebuild,
          renew: async () => {
            await access.signInAgain();
            renew();
            return now.filter(isLeft);
          },
        });
        return runPreflight(askingOf, async () => {
          if (options.config.target.kind !== 'command') return false;
          await session.recover({});
          readied = await makeReady(api);
          renew();
          return true;
        });
      };
      return await work({ api, operations: () => readied.build(), mask, ask });
    } finally {
      await leftovers.takeBack({ ...options, access }, session.running).finally(() => session.close());
    }
  });
}

function isSame({ operation: one }: BuiltOperation, { operation: other }: BuiltOperation): boolean {
  return one.method === other.method && one.path === other.path;
}
