import { fillHoles } from '../../model/requests/holes.js';
import { Http2Connection, type Http2Shared, type Http2TransportOptions } from './http2-connection.js';
import { setUpHttp2, type Http2Request } from './http2-request.js';
import { Http2Stream } from './http2-stream.js';
import type { StreamLayout } from './stream-layout.js';
import { NO_LISTENER, type Transport } from './transport.js';

/** The slots that share a connection, and the connection that stands for them now. */
class Lane {
  private connection: Http2Connection | undefined;
  /** Connections that end as soon as the last answer on them has come. */
  private readonly ending = new Set<Http2Connection>();
  readonly slots: number[] = [];

  constructor(
    private readonly shared: Http2Shared,
    private readonly slotsOf: Slots,
  ) {}

  get isOpen(): boolean {
    return this.connection?.isOpen ?? false;
  }

  open(): Promise<void> {
    return this.current().open();
  }

  send(stream: Http2Stream, request: Http2Request): void {
    this.current().send(stream, request);
  }

  closeIfIdle(): void {
    const { connection } = this;
    if (connection === undefined || this.slots.some((slot) => this.slotsOf.isInUse(slot))) return;
    this.connection = undefined;
    this.shared.ends.byBench += 1;
    void connection.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.ending, this.connection].map(async (one) => one?.close()));
  }

  private current(): Http2Connection {
    if (this.connection?.takesNoMore === true) this.replace(this.connection);
    this.connection ??= this.connect();
    return this.connection;
  }

  private connect(): Http2Connection {
    return new Http2Connection(this.shared, {
      onEnding: (connection) => this.replace(connection),
      onDrained: (connection) => this.ending.delete(connection),
      onLost: (connection) => {
        if (connection === this.connection) for (const slot of this.slots) this.slotsOf.lose(slot);
      },
    });
  }

  /** The next one is opened at once, so that requests need not wait for it. */
  private replace(connection: Http2Connection): void {
    if (connection !== this.connection) return;
    this.ending.add(connection);
    this.connection = this.connect();
    void this.connection.open();
    connection.closeWhenDrained();
  }
}

/** What the user of the transport holds each slot for. */
class Slots {
  private readonly streams: (Http2Stream | undefined)[] = [];
  private readonly isHeldOpen: Uint8Array;
  private readonly lanes: readonly Lane[];

  constructor(
    private readonly shared: Http2Shared,
    private readonly layout: StreamLayout,
  ) {
    this.isHeldOpen = new Uint8Array(layout.slots);
    this.lanes = Array.from({ length: layout.connections }, () => new Lane(shared, this));
    for (let slot = 0; slot < layout.slots; slot += 1) this.laneOf(slot).slots.push(slot);
  }

  open(slot: number): Promise<void> {
    this.isHeldOpen[slot] = 1;
    return this.laneOf(slot).open();
  }

  send(slot: number, request: Http2Request): void {
    this.isHeldOpen[slot] = 1;
    const stream = (this.streams[slot] ??= new Http2Stream(slot, this.shared, this));
    stream.begin(request.method === 'HEAD');
    this.laneOf(slot).send(stream, request);
  }

  at(slot: number): Http2Stream | undefined {
    return this.streams[slot];
  }

  /** The slot's request has ended. */
  free(slot: number): void {
    const { isOpen } = this.laneOf(slot);
    this.isHeldOpen[slot] = isOpen ? 1 : 0;
    this.shared.listener.onFree(slot, isOpen);
  }

  closeIdle(slot: number): void {
    this.isHeldOpen[slot] = 0;
    this.laneOf(slot).closeIfIdle();
    this.shared.listener.onClosed(slot);
  }

  isInUse(slot: number): boolean {
    return this.isHeldOpen[slot] === 1;
  }

  /** The connection of the slot is gone; one with a request on it hears of that by the request. */
  lose(slot: number): void {
    if (this.isHeldOpen[slot] === 0 || this.streams[slot]?.isFree === false) return;
    this.isHeldOpen[slot] = 0;
    this.shared.listener.onClosed(slot);
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.close()));
  }

  private laneOf(slot: number): Lane {
    return this.lanes[this.layout.connectionOf(slot)] as Lane;
  }
}

/**
 * Sends over HTTP/2 with undici: a slot is a stream, and the streams are spread evenly over a few connections, with
 * a Client for each.
 */
export function http2Transport(options: Http2TransportOptions): Transport {
  const { layout } = options;
  const shared: Http2Shared = {
    options,
    listener: NO_LISTENER,
    connectionsOpened: 0,
    ends: { byTarget: 0, byBench: 0, afterTimeout: 0 },
  };
  const slots = new Slots(shared, layout);
  const fixed = (options.requests ?? []).filter(({ holes }) => holes === undefined);
  const built = new Map(fixed.map((request) => [request, setUpHttp2(request)]));
  return {
    slots: layout.slots,
    get connectionsOpened() {
      return shared.connectionsOpened;
    },
    connectionEnds: shared.ends,
    listen(listener) {
      shared.listener = listener;
    },
    open: (slot) => slots.open(slot),
    send: (slot, request, serial = 0) =>
      slots.send(slot, built.get(request) ?? setUpHttp2(fillHoles(request, serial))),
    kept: (slot) => slots.at(slot)?.kept,
    abort: (slot) => slots.at(slot)?.abort(),
    closeIdle: (slot) => slots.closeIdle(slot),
    async close() {
      shared.listener = NO_LISTENER;
      await slots.close();
    },
  };
}
