import { resolve } from 'node:path';
import type { RunConfig } from '../model/run-config.js';
import type { FlagReader, RunFlags } from './flag-reader.js';

/** How the target is reached: `--unix-socket`, `--insecure`, `--no-keepalive`. */
export function resolveConnection(read: FlagReader, flags: RunFlags): RunConfig['connection'] {
  const { unixSocket } = flags;
  if (unixSocket === '') read.complain('unix-socket', 'the path of a socket', unixSocket);
  return {
    socketPath: unixSocket === undefined ? null : resolve(unixSocket),
    acceptsAnyCertificate: flags.insecure ?? false,
    keepAlive: flags.keepalive ?? true,
  };
}

const CLIENTS: readonly RunConfig['client'][] = ['auto', 'undici', 'wire'];

/** Which of the two clients sends: `--client`. */
export function resolveClient(read: FlagReader, text: string | undefined): RunConfig['client'] {
  const client = CLIENTS.find((one) => one === (text ?? 'auto'));
  if (client === undefined && text !== undefined) read.complain('client', 'auto, undici or wire', text);
  return client ?? 'auto';
}
