import { connect as connectTcp, type NetConnectOpts, type OnReadOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Address } from '../../model/generation/generator.js';
import { lookUpOnce } from './look-up-once.js';

/** What a socket leads to. */
export type Destination = Omit<Address, 'keepAlive'>;

/** Whether the connections to an address speak TLS. */
export function socketIsSecure({ origin }: Pick<Address, 'origin'>): boolean {
  return origin.startsWith('https:');
}

/** Begins to connect; over TLS it offers this protocol alone. With `onread` all that is received goes there. */
export function openSocket(
  address: Destination,
  protocol: 'http/1.1' | 'h2',
  onread: OnReadOpts | undefined,
): Socket {
  const { hostname, port } = new URL(address.origin);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = socketIsSecure(address);
  const place: NetConnectOpts =
    address.socketPath === null
      ? { host, port: Number(port || (isSecure ? 443 : 80)), noDelay: true, lookup: lookUpOnce }
      : { path: address.socketPath };
  const reading = onread === undefined ? {} : { onread };
  if (!isSecure) return connectTcp({ ...place, ...reading });
  const rejectUnauthorized = !address.acceptsAnyCertificate;
  // An address is no server name: RFC 6066, 3.
  const name = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
  // The types of Node 20 do not know that TLS sockets take `onread` too.
  const options = { ...place, ...name, ...reading, rejectUnauthorized, ALPNProtocols: [protocol] };
  return connectTls(options);
}
