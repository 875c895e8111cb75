import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether every address of a host belongs to this machine. */
export async function isLocalHost(host: string): Promise<boolean> {
  const bare = host.replace(/^\[|\]$/g, '');
  // A name that leads nowhere is no address of this machine.
  const found = await lookup(bare, { all: true }).catch(() => []);
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)),
  );
  return found.length > 0 && found.every(({ address }) => isLoopback(address) || own.has(address));
}

function isLoopback(address: string): boolean {
  // The last two mean every address, and so the loopback one as a destination.
  return ['::1', '::', '0.0.0.0'].includes(address) || (isIPv4(address) && address.startsWith('127.'));
}
