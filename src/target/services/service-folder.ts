import { chown, mkdtemp } from 'node:fs/promises';
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SystemUser } from './service.js';

/** Makes a folder of its own for a service, in the first place that the user may pass through to. */
export async function makeServiceFolder(
  user: SystemUser | null,
  places: readonly string[] = [tmpdir(), '/tmp', '/var/tmp'],
): Promise<string> {
  const [first = tmpdir()] = places;
  const place = user === null ? first : (places.find((one) => isReachable(one, user)) ?? first);
  const folder = await mkdtemp(join(place, 'openapi-bench-'));
  if (user !== null) await chown(folder, user.uid, user.gid);
  return folder;
}

function isReachable(folder: string, user: SystemUser): boolean {
  const parent = dirname(folder);
  return mayPass(folder, user) && (parent === folder || isReachable(parent, user));
}

function mayPass(folder: string, { uid, gid }: SystemUser): boolean {
  try {
    const { mode, uid: owner, gid: group } = statSync(folder);
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001;
    return (mode & bit) !== 0;
  } catch {
    return false; // it is not there
  }
}
