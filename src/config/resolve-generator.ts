import type { RunConfig } from '../model/config/run-config.js';
import type { FlagReader, RunFlags } from './flag-reader.js';
import { resolveClient, resolveConnection, resolveHttp2 } from './resolve-connection.js';

type GeneratorConfig = Pick<
  RunConfig,
  'connection' | 'client' | 'http2' | 'pacing' | 'realTime' | 'threads' | 'maxConnections' | 'maxQueue'
>;

const THREADS = { least: 1, most: 64, whole: true };
const CONNECTIONS = { least: 1, most: 1_000_000, whole: true };
const QUEUE = { least: 0, most: 100_000_000, whole: true };
const MOST_CONNECTIONS = 1024;

/** How the load is made and sent. `freeFiles` are the files that this process may still open; null = not known. */
export function resolveGenerator(
  read: FlagReader,
  flags: RunFlags,
  freeFiles: number | null,
): GeneratorConfig {
  return {
    connection: resolveConnection(read, flags),
    client: resolveClient(read, flags),
    http2: resolveHttp2(read, flags),
    pacing: resolvePacing(read, flags),
    realTime: flags.realtime ?? false,
    threads: flags.threads === 'auto' ? 'auto' : (read.number('threads', flags.threads, THREADS) ?? 'auto'),
    maxConnections:
      read.number('max-connections', flags.maxConnections, CONNECTIONS) ?? defaultConnections(freeFiles),
    maxQueue: read.number('max-queue', flags.maxQueue, QUEUE) ?? 1_000_000,
  };
}

function resolvePacing(read: FlagReader, { pacing: text, realtime }: RunFlags): RunConfig['pacing'] {
  if (realtime === true) {
    // One that spins would let nothing else run on its core.
    if (text === 'precise')
      read.problems.push('--realtime and --pacing precise exclude each other: leave one of them out');
    return 'relaxed';
  }
  if (text === undefined || text === 'auto' || text === 'precise' || text === 'relaxed')
    return text ?? 'auto';
  read.complain('pacing', 'auto, precise or relaxed', text);
  return 'auto';
}

function defaultConnections(freeFiles: number | null): number {
  return freeFiles === null
    ? MOST_CONNECTIONS
    : Math.max(1, Math.min(MOST_CONNECTIONS, Math.floor(freeFiles / 2)));
}
