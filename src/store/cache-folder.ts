import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where bench keeps what outlives a run and can be made again. */
export function cacheFolder(...parts: readonly string[]): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'openapi-bench', ...parts);
}
