import { UserError } from '../kernel/errors.js';
import { formatDuration } from '../kernel/units.js';
import type { RunConfig } from '../model/run-config.js';
import { isLocalHost } from '../target/is-local-host.js';
import type { Observer } from './run-events.js';

/** Load goes to this machine only, unless the user has named the other host. */
export async function refuseRemote(config: RunConfig, observe: Observer): Promise<void> {
  const { target, allowRemote, ratesPerSecond, durationMs, connection } = config;
  if (connection.socketPath !== null) return;
  const host = target.kind === 'url' ? new URL(target.url).hostname : target.host;
  if (await isLocalHost(host)) return;
  if (allowRemote !== host) {
    throw new UserError(
      'usage',
      `${host} is not this machine, and load is not sent elsewhere unasked.`,
      `If you may load that host, say so: --allow-remote ${host}`,
    );
  }
  const rates = ratesPerSecond.map((rate) => `${rate}/s`).join(', ');
  observe({
    kind: 'notice',
    message: `Load goes to ${host}: for each endpoint ${rates}, ${formatDuration(durationMs)} each.`,
  });
}
