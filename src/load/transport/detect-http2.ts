import type { Clock } from '../../kernel/clock.js';
import { Http2NotSpoken, openHttp2Socket } from './http2-socket.js';
import type { Destination } from './open-socket.js';

/** What a server says of HTTP/2 before any request. */
export type Http2Offer =
  | { readonly kind: 'spoken'; readonly maxConcurrentStreams: number }
  | { readonly kind: 'not-spoken'; readonly why: string }
  /** It cannot be connected to, or says nothing. */
  | { readonly kind: 'unknown' };

// RFC 9113, 3.4, 4.1 and 6.5.
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const EMPTY_SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
const FRAME_HEADER_BYTES = 9;
const SETTINGS_FRAME = 4;
const SETTING_BYTES = 6;
const MAX_CONCURRENT_STREAMS = 3;
const STATUS_LINE = /^HTTP\/(\d\.\d)/;

/** Opens a connection of its own and reads the settings, which a server that speaks HTTP/2 sends first. */
export function detectHttp2(destination: Destination, limitMs: number, clock: Clock): Promise<Http2Offer> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const end = (offer: Http2Offer): void => {
      cancelLimit();
      socket.destroy();
      resolve(offer);
    };
    const cancelLimit = clock.after(limitMs, () => end({ kind: 'unknown' }));
    const socket = openHttp2Socket(destination, limitMs, clock, (error, opened) => {
      if (error instanceof Http2NotSpoken) end({ kind: 'not-spoken', why: error.message });
      else if (error !== null) end({ kind: 'unknown' });
      opened?.write(Buffer.concat([PREFACE, EMPTY_SETTINGS]));
    });
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      const offer = readOffer(received);
      if (offer) end(offer);
    });
    socket.on('close', () => end({ kind: 'unknown' }));
  });
}

/** Undefined while too little has come. */
function readOffer(received: Buffer): Http2Offer | undefined {
  const text = received.toString('latin1', 0, FRAME_HEADER_BYTES);
  const [, version] = STATUS_LINE.exec(text) ?? [];
  if (version !== undefined)
    return { kind: 'not-spoken', why: `the server answers with HTTP/${version} to HTTP/2's first bytes` };
  if (received.length < FRAME_HEADER_BYTES) return undefined;
  if (received[3] !== SETTINGS_FRAME)
    return { kind: 'not-spoken', why: `what the server answers to HTTP/2's first bytes is no HTTP` };
  const length = received.readUIntBE(0, 3);
  if (received.length < FRAME_HEADER_BYTES + length) return undefined;
  return { kind: 'spoken', maxConcurrentStreams: streamsIn(received.subarray(9, 9 + length)) };
}

/** A server that names no limit has none. */
function streamsIn(settings: Buffer): number {
  let streams = Infinity;
  for (let at = 0; at + SETTING_BYTES <= settings.length; at += SETTING_BYTES) {
    if (settings.readUInt16BE(at) === MAX_CONCURRENT_STREAMS) streams = settings.readUInt32BE(at + 2);
  }
  return streams;
}
