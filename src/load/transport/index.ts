import type { Transport, TransportOptions } from './transport.js';
import { undiciTransport } from './undici-transport.js';
import { wireTransport } from './wire-transport.js';

export const transports = {
  wire: wireTransport,
  undici: undiciTransport,
} satisfies Record<string, (options: TransportOptions) => Transport>;
