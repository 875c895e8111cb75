import type { DescribedOperation } from '../document/described-operation.js';
import { wordOf, wordsOf } from '../chains/nouns.js';

const LOG_OUT = /(^|-)(log-?out|sign-?out|log-?off|sign-?off)(-|$)/;
const CHANGES_PASSWORD =
  /^password$|(^|-)(change|update|set)-(my-|own-|user-)?(password|passwd|passphrase)(-|$)/;
const ENDS_ACCESS = /^(revoke|revocation)(-|$)|^(deactivate|(delete|close|remove)-(account|me|self|user))$/;
/** What a DELETE ends that names no one else. */
const OWN = /^(me|self|account|profile|session|sessions|current|current-user|user|auth|login|token)$/;
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Whether an operation may end the session that it is sent with: logs out, changes the password, revokes, or deletes the
 * user who is signed in.
 */
export function mayEndSession({
  method,
  path,
  id,
}: Pick<DescribedOperation, 'method' | 'path' | 'id'>): boolean {
  const last = wordsOf(path).at(-1) ?? '';
  const isMember = path.endsWith('}');
  const name = wordOf(id);
  if (LOG_OUT.test(last) || LOG_OUT.test(name)) return true;
  if (!CHANGES.has(method) || isMember) return false;
  if ([CHANGES_PASSWORD, ENDS_ACCESS].some((pattern) => pattern.test(last) || pattern.test(name)))
    return true;
  return method === 'DELETE' && OWN.test(last);
}
