import type { DescribedOperation } from '../document/described-operation.js';
import { wordOf, wordsOf } from '../chains/nouns.js';

const STOPS =
  /^(shut-?down|re-?start|reboot|power-?off|halt|factory-reset)(-(server|service|system|app|application))?$/;
const CLOSES =
  /^((set|toggle|enable|start|update)-)?(maintenance|read-?only)(-mode)?(-(toggle|enable|enabled|on))?$/;
const READS = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY']);

/**
 * Whether an operation may end the service for all others: stops the server, or has it refuse what comes after, as for
 * maintenance. What stands behind an id concerns that one member alone.
 */
export function mayEndService({
  method,
  path,
  id,
}: Pick<DescribedOperation, 'method' | 'path' | 'id'>): boolean {
  if (path.includes('{')) return false;
  const names = [wordsOf(path).at(-1) ?? '', wordOf(id)];
  if (names.some((name) => STOPS.test(name))) return true;
  return method !== 'DELETE' && !READS.has(method) && names.some((name) => CLOSES.test(name));
}
