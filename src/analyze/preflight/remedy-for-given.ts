import type { PreflightResult } from '../../model/results/preflight.js';
import { remedyFor, yamlKey, type AskedOperation } from './remedy-for.js';

/**
 * What of a scenario file may help a request that is written out: what goes with every request, and which answers are
 * expected. What the file says of operations is not read then.
 */
export function remedyForGiven(
  result: Omit<PreflightResult, 'remedy'>,
  known: AskedOperation,
): string | null {
  const remedy = remedyFor(result, known);
  if (remedy === null || /^(headers|csrf|auth):/.test(remedy)) return remedy;
  if (result.state !== 'wrong-answer') return null;
  const name = yamlKey(`${result.operation.method} ${result.operation.path}`);
  return `expect:\n  ${name}: { status: [${result.status}] }`;
}
