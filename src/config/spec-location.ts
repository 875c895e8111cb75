import { existsSync } from 'node:fs';

/** Whether the document has to come from the running target: a path there, not a URL nor a file here. */
export function isOnTarget(spec: string): boolean {
  return spec.startsWith('/') && !existsSync(spec);
}
