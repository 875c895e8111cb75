import { connect as connectTcp, type NetConnectOpts, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Endpoint } from '../../model/generator.js';
import { lookUpOnce } from './look-up-once.js';

/** Whether the connections of an endpoint speak TLS. */
export function socketIsSecure({ origin }: Endpoint): boolean {
  return origin.startsWith('https:');
}

/** Begins to connect; all that is received goes into `buffer`, and its length to `onLength`. */
export function openSocket(
  endpoint: Endpoint,
  buffer: Buffer,
  onLength: (length: number) => boolean,
): Socket {
  const { hostname, port } = new URL(endpoint.origin);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = socketIsSecure(endpoint);
  const place: NetConnectOpts =
    endpoint.socketPath === null
      ? { host, port: Number(port || (isSecure ? 443 : 80)), noDelay: true, lookup: lookUpOnce }
      : { path: endpoint.socketPath };
  const onread = { buffer, callback: onLength };
  if (!isSecure) return connectTcp({ ...place, onread });
  const rejectUnauthorized = !endpoint.acceptsAnyCertificate;
  // An address is no server name: RFC 6066, 3.
  const name = /^[\d.]+$|:/.test(host) ? {} : { servername: host };
  // The types of Node 20 do not know that TLS sockets take `onread` too.
  const options = { ...place, ...name, onread, rejectUnauthorized, ALPNProtocols: ['http/1.1'] };
  return connectTls(options);
}
