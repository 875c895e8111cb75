import type { Clock } from '../../kernel/clock.js';
import type { Address } from '../../model/generation/generator.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import type { KeptAnswer, Keeps } from './kept-answer.js';

export interface TransportOptions extends Address {
  readonly maxConnections: number;
  readonly clock: Clock;
  /** What of the answers is kept for checks. */
  readonly keeps?: Keeps | undefined;
  /** What is made ready before the first is sent; any other is when it is sent. */
  readonly requests?: readonly RequestBlueprint[];
}

/** What the wire reports. A slot is one connection, over HTTP/2 one stream; it carries one request at a time. */
export interface TransportListener {
  /** The request is being written to an open connection. */
  onSent(slot: number): void;
  /**
   * An answer begins, with this status: whether it is to be kept for `kept`, so that somebody may read how it failed. Asked of
   * every answer.
   */
  wantsAnswer(slot: number, status: number): boolean;
  /** The answer is complete. */
  onAnswered(slot: number, status: number, bytesReceived: number): void;
  /** The request failed before its answer was complete; `kind` is one of the failure kinds. */
  onFailed(slot: number, kind: string): void;
  /** The slot can take a request again; `open` tells whether its connection still stands. */
  onFree(slot: number, open: boolean): void;
  /** The connection of a free slot has been closed, by whichever side. */
  onClosed(slot: number): void;
}

/** Who ended connections, since the transport was made. */
export interface ConnectionEnds {
  /** By the target: on an idle connection, with or in an answer, or as its answers announced. */
  byTarget: number;
  /** By bench: idle for nearly as long as the target allows, more than the load needs, or with an answer that cannot be read. */
  byBench: number;
  /** By bench, with a request on it that had timed out. */
  afterTimeout: number;
}

/** How to send. Implementations are hot: no promise, closure or signal for each request. */
export interface Transport {
  /** Number of slots; a connection that is not open yet is opened for its first request. */
  readonly slots: number;
  readonly connectionsOpened: number;
  readonly connectionEnds: Readonly<ConnectionEnds>;
  listen(listener: TransportListener): void;
  /** Opens the connection of a free slot, if it is not open; resolves when it is, or has failed. */
  open(slot: number): Promise<void>;
  /** Sends on a free slot; the serial number fills the request's holes, where it has any. */
  send(slot: number, request: RequestBlueprint, serial?: number): void;
  /** During `onAnswered`: what was to be kept of the answer, for checks or because it was wanted. */
  kept(slot: number): KeptAnswer | undefined;
  /** Gives up the slot's request: neither `onAnswered` nor `onFailed` follows, only `onFree`. */
  abort(slot: number): void;
  /** Closes the connection of a free slot; `onClosed` follows. */
  closeIdle(slot: number): void;
  close(): Promise<void>;
}

export const NO_LISTENER: TransportListener = {
  onSent() {},
  wantsAnswer: () => false,
  onAnswered() {},
  onFailed() {},
  onFree() {},
  onClosed() {},
};
