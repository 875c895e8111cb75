import { UserError } from '../../kernel/errors.js';
import { lengthInWords, loadName } from '../../model/loads/index.js';
import type { RunConfig } from '../../model/config/run-config.js';
import { isLocalHost } from '../../target/is-local-host.js';
import type { Observer } from '../../model/live/run-events.js';

/**
 * Load goes to this machine only, unless the user has named the other host. Returns whether it goes to
 * this machine.
 */
export async function refuseRemote(config: RunConfig, observe: Observer): Promise<boolean> {
  const { target, allowRemote, loads, connection } = config;
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
