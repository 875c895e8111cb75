import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServicePlace } from './service.js';

/** Writes a file that only the service's user can read into its folder; returns its path. */
export async function writeSecret(
  { folder, user }: ServicePlace,
  name: string,
  text: string,
): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, text, { mode: 0o600 });
  if (user !== null) await chown(file, user.uid, user.gid);
  return file;
}
