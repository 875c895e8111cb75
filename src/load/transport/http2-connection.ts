import type { Http2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import type { Clock } from '../../kernel/clock.js';
import type { Address } from '../../model/generation/generator.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import type { Http2Request } from './http2-request.js';
import { asHttp2, openHttp2Socket } from './http2-socket.js';
import type { Keeps } from './kept-answer.js';
import type { StreamLayout } from './stream-layout.js';
import type { ConnectionEnds, TransportListener } from './transport.js';

export interface Http2TransportOptions extends Address {
  readonly layout: StreamLayout;
  /** Longest wait for a connection to open, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  readonly keeps?: Keeps | undefined;
  /** All that may be sent: made ready before the first is. */
  readonly requests?: readonly RequestBlueprint[];
}

/** What all connections of a transport have in common. */
export interface Http2Shared {
  readonly options: Http2TransportOptions;
  listener: TransportListener;
  connectionsOpened: number;
  readonly ends: ConnectionEnds;
}

/** A slot's request, as its connection knows it. */
interface CarriedStream extends Dispatcher.DispatchHandler {
  connection: Http2Connection | undefined;
  lose(kind: string): void;
}

interface Owner {
  /** It stands, and is to take no more requests. */
  onEnding(connection: Http2Connection): void;
  /** It was to take no more, and the last of its requests has ended. */
  onDrained(connection: Http2Connection): void;
  /** It stands no more; it is opened again for its next request. */
  onLost(connection: Http2Connection): void;
}

const ENDED = Object.assign(new Error('the connection has ended'), { code: 'UND_ERR_SOCKET' });

type Opened = (error: Error | null, socket: Socket | null) => void;

/** One connection at a time, through an undici Client of its own. */
export class Http2Connection {
  private readonly client: Client;
  private socket: Socket | undefined;
  private opening: Socket | undefined;
  /** Whether undici has the socket; it asks for one with its first request only. */
  private isHandedOver = false;
  /** What listens for the end of the socket without undici. */
  private ownEndListeners: readonly unknown[] = [];
  private readonly waiting: Opened[] = [];
  private readonly sent = new Set<CarriedStream>();
  private session: Http2Session | undefined;
  private endsWhenDrained = false;
  private isClosed = false;
  hasAnswered = false;
  /** Grows with everything that comes. */
  progress = 0;

  constructor(
    private readonly shared: Http2Shared,
    private readonly owner: Owner,
  ) {
    const { origin, layout } = shared.options;
    this.client = new Client(origin, {
      pipelining: layout.streams,
      maxConcurrentStreams: layout.streams,
      // Deadlines are the driver's, and an idle connection is the target's to close.
      headersTimeout: 0,
      bodyTimeout: 0,
      pingInterval: 0,
      connect: (_options, callback) => this.handOver(callback as Opened),
    });
  }

  get isOpen(): boolean {
    return this.socket !== undefined && !this.endsWhenDrained;
  }

  get takesNoMore(): boolean {
    return this.session?.closed === true && this.socket !== undefined;
  }

  /** Resolves when it is open, or has failed. */
  open(): Promise<void> {
    if (this.socket) return Promise.resolve();
    return new Promise((resolve) => this.connect(() => resolve()));
  }

  send(stream: CarriedStream, request: Http2Request): void {
    stream.connection = this;
    this.client.dispatch(request, stream);
  }

  noteSent(stream: CarriedStream): void {
    this.sent.add(stream);
  }

  noteEnd(stream: CarriedStream): void {
    this.sent.delete(stream);
    if (this.endsWhenDrained && this.sent.size === 0) this.shared.options.clock.after(0, this.endDrained);
  }

  /**
   * With its first answer a connection shows Node's session. undici 7 gives up all that is under way when the server
   * announces that it will take no more (GOAWAY), and answers that have come but have not been read when it closes the
   * connection; Node reads them, as it should: the server has answered what it had (RFC 9113, 6.8).
   */
  meet(session: Http2Session | undefined): void {
    if (session === undefined || session === this.session) return;
    this.session = session;
    for (const listener of this.socket?.listeners('end') ?? []) {
      if (!this.ownEndListeners.includes(listener))
        this.socket?.removeListener('end', listener as () => void);
    }
    session.removeAllListeners('goaway');
    session.on('goaway', (code: number) => {
      if (code !== 0) this.loseRequests('http2-goaway');
      else if (!this.endsWhenDrained) {
        this.shared.ends.byTarget += 1;
        this.owner.onEnding(this);
      }
    });
  }

  /** A request has timed out on it; nothing has come since it was sent, so what follows would fare alike. */
  giveUpSilent(): void {
    if (this.endsWhenDrained || this.socket === undefined) return;
    this.shared.ends.afterTimeout += 1;
    this.owner.onEnding(this);
  }

  closeWhenDrained(): void {
    this.endsWhenDrained = true;
    if (this.sent.size === 0) this.shared.options.clock.after(0, this.endDrained);
  }

  /** All that is under way on it fails, and is not sent again by undici. */
  loseRequests(kind: string): void {
    for (const stream of [...this.sent]) stream.lose(kind);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    // undici destroys without error only what has nothing under way.
    this.loseRequests('connection-closed');
    this.opening?.destroy();
    if (!this.isHandedOver) this.socket?.destroy();
    await this.client.destroy();
  }

  private readonly endDrained = (): void => {
    this.owner.onDrained(this);
    void this.close();
  };

  /** Gives undici the connection that stands already, or a new one. */
  private handOver(callback: Opened): void {
    const give: Opened = (error, socket) => {
      if (socket) this.isHandedOver = true;
      callback(error, socket && asHttp2(socket));
    };
    const { socket } = this;
    // Never at once: undici would wait for its next request before it looked again.
    if (socket && !this.isHandedOver) queueMicrotask(() => give(null, socket));
    else this.connect(give);
  }

  private connect(opened: Opened): void {
    this.waiting.push(opened);
    if (this.waiting.length > 1) return;
    const { options } = this.shared;
    this.opening = openHttp2Socket(options, options.connectTimeoutMs, options.clock, (error, socket) => {
      this.opening = undefined;
      if (socket) this.stand(socket);
      for (const one of this.waiting.splice(0)) one(error, socket);
    });
  }

  private stand(socket: Socket): void {
    this.socket = socket;
    this.isHandedOver = false;
    this.hasAnswered = false;
    this.ownEndListeners = socket.listeners('end');
    this.shared.connectionsOpened += 1;
    let kind = 'connection-closed';
    let hasFailed = false;
    socket.on('error', (error: NodeJS.ErrnoException) => {
      hasFailed = true;
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') kind = 'connection-reset';
      else if (error.code?.startsWith('ERR_HTTP2') === true) kind = 'http2-protocol-error';
    });
    // Before undici's: it would send again what was under way.
    socket.on('close', () => {
      this.socket = undefined;
      this.session = undefined;
      // undici 7 throws for a socket that has closed without an error: it asks for the address of nothing.
      if (!hasFailed) socket.emit('error', ENDED);
      if (!this.endsWhenDrained && !this.isClosed) this.shared.ends.byTarget += 1;
      this.loseRequests(kind);
      this.owner.onLost(this);
    });
  }
}
