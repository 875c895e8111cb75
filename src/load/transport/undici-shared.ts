import type { Dispatcher } from 'undici';
import type { Clock } from '../../kernel/clock.js';
import type { Address } from '../../model/generation/generator.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import type { Keeps } from './kept-answer.js';
import type { ConnectionEnds, TransportListener } from './transport.js';

/** What all connections of a transport have in common. */
export interface Shared {
  listener: TransportListener;
  connectionsOpened: number;
  readonly ends: ConnectionEnds;
  readonly clock: Clock;
  readonly address: Address;
  readonly keeps: Keeps | undefined;
  /** Where all sockets put what they receive. */
  readonly buffer: Buffer;
  requestOf(blueprint: RequestBlueprint, serial: number): Dispatcher.DispatchOptions;
}
