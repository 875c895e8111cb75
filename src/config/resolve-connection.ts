import { resolve } from 'node:path';
import type { RunConfig } from '../model/config/run-config.js';
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

const EXTERNAL_REFS = { least: 1, most: 1_000_000, whole: true };
/** Published documents of one API have been seen in some 2,000 files. */
const USUAL_EXTERNAL_REFS = 10_000;

/** How many documents beside the named one are read: `--allow-external-refs`, `--max-external-refs`; 0 = none. */
export function resolveExternalRefs(read: FlagReader, flags: RunFlags): number {
  const most = read.number('max-external-refs', flags.maxExternalRefs, EXTERNAL_REFS);
  if (flags.allowExternalRefs === true) return most ?? USUAL_EXTERNAL_REFS;
  if (flags.maxExternalRefs !== undefined)
    read.problems.push('--max-external-refs limits what --allow-external-refs reads: give that too');
  return 0;
}

/** Whether HTTP/2 is spoken: `--http2`, with which other flags make no sense. */
export function resolveHttp2(read: FlagReader, { http2 = false, client, keepalive }: RunFlags): boolean {
  if (!http2) return false;
  if (client !== undefined && client !== 'undici' && client !== 'auto')
    read.problems.push(`--http2 and --client ${client} exclude each other: undici alone speaks HTTP/2 here`);
  if (keepalive === false)
    read.problems.push(
      '--http2 and --no-keepalive exclude each other: over HTTP/2 a connection carries many requests',
    );
  return true;
}

const CLIENTS: readonly RunConfig['client'][] = ['auto', 'undici', 'wire'];

/** Which of the two clients sends: `--client`, or the one that `--http2` needs. */
export function resolveClient(read: FlagReader, { client: text, http2 }: RunFlags): RunConfig['client'] {
  if (http2 === true) return 'undici';
  const client = CLIENTS.find((one) => one === (text ?? 'auto'));
  if (client === undefined && text !== undefined) read.complain('client', 'auto, undici or wire', text);
  return client ?? 'auto';
}
