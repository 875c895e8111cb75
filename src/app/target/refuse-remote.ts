import { databaseHost } from '../../config/resolve-probes.js';
import { UserError } from '../../kernel/errors.js';
import { lengthInWords, loadName } from '../../model/loads/index.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { isLocalHost } from '../../target/is-local-host.js';
import type { Observer } from '../../model/live/run-events.js';

/** Whether a database may be looked at: it is on this machine, or on the host that the user has named. */
export async function isDatabaseNear(url: string, allowRemote: string | null): Promise<boolean> {
  const host = databaseHost(url);
  return host === null || host === allowRemote || (await isLocalHost(host));
}

async function refuseRemoteDatabase(url: string, allowRemote: string | null): Promise<void> {
  if (await isDatabaseNear(url, allowRemote)) return;
  const host = databaseHost(url) ?? '';
  throw new UserError(
    'usage',
    `The database on ${host} is not on this machine, and is not asked unasked.`,
    `If you may use that host, say so: --allow-remote ${host}; or leave its --probe (probes: in a scenario) out.`,
  );
}

/**
 * Load goes to this machine only, unless the user has named the other host. Returns whether it goes to
 * this machine.
 */
export async function refuseRemote(config: RunConfig, observe: Observer): Promise<boolean> {
  const { target, allowRemote, loads, connection } = config;
  for (const url of Object.values(config.probes)) await refuseRemoteDatabase(url, allowRemote);
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
  const named = loads.map((load) => `${loadName(load)} for ${lengthInWords(load)}`);
  observe({
    kind: 'notice',
    message: `Load goes to ${host}: for each endpoint ${named.join(', ')}.`,
  });
  return false;
}
