/*
 * Hot path: `bytesOf` runs for every request.
 */
import type { RequestBlueprint } from '../../model/requests/request.js';
import { encodeWithHoles, fillBytes, type EncodedRequest } from './encode-request.js';
import {
  NO_LISTENER,
  type ConnectionEnds,
  type TransportListener,
  type TransportOptions,
} from './transport.js';

const READ_BUFFER_BYTES = 64 * 1024;
/** How often idle connections are looked at, in milliseconds; also the unit of their ages. */
export const TICK_MS = 250;

/** What all connections of a transport have in common. */
export class Shared {
  listener: TransportListener = NO_LISTENER;
  connectionsOpened = 0;
  readonly ends: ConnectionEnds = { byTarget: 0, byBench: 0, afterTimeout: 0 };
  /** Coarse, and cheaper to read than a clock. */
  ticks = 0;
  /** How long the server keeps an idle connection: as it says, or as it was seen to do. */
  idleLimitTicks = Infinity;
  readonly buffer = Buffer.allocUnsafe(READ_BUFFER_BYTES);
  private readonly host: string;
  private readonly encoded = new Map<RequestBlueprint, EncodedRequest>();

  constructor(readonly options: TransportOptions) {
    this.host = new URL(options.origin).host;
    for (const request of options.requests ?? []) this.encoded.set(request, this.encode(request));
  }

  bytesOf(request: RequestBlueprint, serial: number): Buffer {
    const encoded = this.encoded.get(request) ?? this.encode(request);
    return encoded.holes.length === 0 ? encoded.bytes : fillBytes(encoded, serial);
  }

  private encode(request: RequestBlueprint): EncodedRequest {
    return encodeWithHoles(request, this.host, this.options.keepAlive);
  }
}
