import { existsSync } from 'node:fs';

/** Whether the document has to come from the running target: a place there, not a URL nor a file here. */
export function isOnTarget(spec: string | null): boolean {
  return spec === null || (spec.startsWith('/') && !existsSync(spec));
}
