import { systemClock as clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import { maskFor } from '../../config/redact.js';
import type { SecretMask } from '../../config/secret-mask.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { Access } from '../access/access.js';
import { Adjustments } from '../requests/adjustments.js';
import { maskedObserver, withMaskedErrors } from '../target/masked-observer.js';
import { Leftovers } from '../requests/clean-up.js';
import { readyTarget } from '../preflight/ready-target.js';
import type { Observer } from '../../model/live/run-events.js';
import { TargetSession } from '../target/target-session.js';

export interface ServeOptions {
  readonly config: RunConfig;
  readonly observe: Observer;
  readonly signal: AbortSignal;
  readonly onReady: (origin: string, pid: number | null) => void;
}

const SHOWN_LINES = 15;

/** Starts the target, set up as for a run, and keeps it until the signal aborts or it ends by itself. */
export async function serveTarget({ observe, ...rest }: ServeOptions): Promise<void> {
  const mask = maskFor(rest.config);
  const options = { ...rest, observe: maskedObserver(observe, mask) };
  await withMaskedErrors(mask, () => serve(options, mask));
}

async function serve({ config, observe, signal, onReady }: ServeOptions, mask: SecretMask): Promise<void> {
  const leftovers = new Leftovers();
  const access = new Access({ clock, config, mask, observe, signal });
  const session = new TargetSession({ clock, config, mask, logFile: null, observe, signal });
  try {
    await session.prepare();
    const target = await session.start({ workers: config.workers[0] ?? 1 });
    if (config.setup.length > 0) {
      await readyTarget({
        ...{ target, known: undefined, signal, observe, access, mask, leave: leftovers.leave },
        ownMembers: () => 0,
        adjustments: new Adjustments(config),
        config: { ...config, chains: 'off' },
      });
    }
    onReady(target.origin, target.pid);
    await Promise.race([target.died, aborted(signal)]);
    if (signal.aborted) return;
    const lines = await target.lastOutput(SHOWN_LINES);
    throw new UserError(
      'run',
      `The target ${target.death ?? 'ended'}.`,
      lines.map((line) => `  │ ${line}`).join('\n'),
    );
  } finally {
    await leftovers.takeBack({ config, observe, access }, session.running).finally(() => session.close());
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
