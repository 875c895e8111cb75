import { readdir, readFile, readlink } from 'node:fs/promises';
import { execa } from 'execa';

export interface PortOwner {
  readonly pid: number;
  readonly command: string;
}

/** The process that listens on a TCP port of this machine, as far as this user may see it. */
export async function findByPort(port: number): Promise<PortOwner | undefined> {
  const pid = process.platform === 'linux' ? await pidFromProc(port) : await pidFromLsof(port);
  return pid === undefined ? undefined : { pid, command: await commandOf(pid) };
}

const LISTENING = '0A';

/** The process that listens on a Unix socket; undefined where only /proc could tell. */
export async function findBySocket(path: string): Promise<PortOwner | undefined> {
  const rows = (await readFile('/proc/net/unix', 'utf8').catch(() => '')).split('\n').slice(1);
  const inodes = new Set<string>();
  for (const row of rows) {
    const [, , , flags, , , inode, ...words] = row
      .trim()
      .split(' ')
      .filter((word) => word !== '');
    if (flags === ACCEPTS && words.join(' ') === path) inodes.add(`socket:[${inode}]`);
  }
  const pid = await firstHolder(inodes);
  return pid === undefined ? undefined : { pid, command: await commandOf(pid) };
}

/** Of /proc/net/unix: this socket takes connections, others are the connections. */
const ACCEPTS = '00010000';

async function pidFromProc(port: number): Promise<number | undefined> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const rows = (await readFile(table, 'utf8').catch(() => '')).split('\n').slice(1);
    for (const row of rows) {
      const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
      if (state === LISTENING && local?.endsWith(`:${hex(port)}`) && inode) inodes.add(`socket:[${inode}]`);
    }
  }
  return firstHolder(inodes);
}

async function firstHolder(inodes: ReadonlySet<string>): Promise<number | undefined> {
  if (inodes.size === 0) return undefined;
  const owners: number[] = [];
  for (const entry of await readdir('/proc')) {
    if (/^\d+$/.test(entry) && (await holdsAny(entry, inodes))) owners.push(Number(entry));
  }
  // Workers inherit the listening socket: the parent of them all comes first.
  return owners.sort((a, b) => a - b)[0];
}

function hex(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

async function holdsAny(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // Processes of other users, and those that end meanwhile, cannot be read: they are not ours to find.
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const descriptor of descriptors) {
    const link = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '');
    if (sockets.has(link)) return true;
  }
  return false;
}

async function pidFromLsof(port: number): Promise<number | undefined> {
  const found = await execa('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { reject: false });
  const pid = Number(found.stdout.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

async function commandOf(pid: number): Promise<string> {
  const found = await execa('ps', ['-o', 'args=', '-p', String(pid)], { reject: false });
  return found.stdout.trim() || 'unknown program';
}
