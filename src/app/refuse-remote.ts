import { UserError } from '../kernel/errors.js';
import { formatDuration } from '../kernel/units.js';
import { durationMsOf } from '../model/plan-figures.js';
import type { RunConfig } from '../model/run-config.js';
import { planName } from '../report/plan-words.js';
import { isLocalHost } from '../target/is-local-host.js';
import type { Observer } from './run-events.js';

/**
 * Load goes to this machine only, unless the user has named the other host. Returns whether it goes to
 * this machine.
 */
export async function refuseRemote(config: RunConfig, observe: Observer): Promise<boolean> {
  const { target, allowRemote, plans, connection } = config;
  if (connection.socketPath !== null) return true;
  const host = target.kind === 'url' ? new URL(target.url).hostname : target.host;
  if (await isLocalHost(host)) return true;
  if (allowRemote !== host) {
    throw new UserError(
      'usage',
      `${host} is not this machine, and load is not sent elsewhere unasked.`,
      `If you may load that host, say so: --allow-remote ${host}`,
    );
  }
  const loads = plans.map((plan) => `${planName(plan)} for ${formatDuration(durationMsOf(plan))}`);
  observe({
    kind: 'notice',
    message: `Load goes to ${host}: for each endpoint ${loads.join(', ')}.`,
  });
  return false;
}
