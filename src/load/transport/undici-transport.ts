/*
 * Hot path: runs for every request. One handler object for each connection, reused; no promise, no
 * closure, no AbortSignal for a request. undici 7 calls the on… methods of its native handler form
 * directly, while the newer form costs a wrapper and parsed headers for each answer.
 */
import { Client, type Dispatcher } from 'undici';
import type { Clock } from '../../kernel/clock.js';
import type { Endpoint } from '../../model/generator.js';
import type { RequestBlueprint } from '../../model/request.js';
import { classifyFailure, classifyLoss } from './classify-failure.js';
import { KeptAnswer, type Keeps } from './kept-answer.js';
import { lookUpOnce } from './look-up-once.js';
import { NO_LISTENER, type ConnectionEnds, type Transport, type TransportListener } from './transport.js';

export interface UndiciTransportOptions extends Endpoint {
  readonly maxConnections: number;
  /** Longest wait for a connection to open, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
  readonly keeps?: Keeps | undefined;
}

type State = 'free' | 'busy' | 'abandoned';

class Connection implements Dispatcher.DispatchHandler {
  private client: Client | undefined;
  private state: State = 'free';
  private abortRequest: ((error?: Error) => void) | null = null;
  private status = 0;
  private bytes = 0;
  readonly kept: KeptAnswer | undefined;
  hasBegun = false;
  isReused = false;
  private readonly freeLater = (): void => {
    this.state = 'free';
    this.shared.listener.onFree(this.slot, false);
  };

  constructor(
    private readonly slot: number,
    private readonly shared: Shared,
  ) {
    this.kept = shared.keeps && new KeptAnswer(shared.keeps);
  }

  send(request: RequestBlueprint): void {
    this.client ??= this.connect();
    this.state = 'busy';
    this.abortRequest = null;
    this.status = 0;
    this.bytes = 0;
    this.hasBegun = false;
    this.kept?.begin();
    this.client.dispatch(this.shared.keepAlive ? request : { ...request, reset: true }, this);
  }

  private connect(): Client {
    const client = this.shared.connect();
    client.on('disconnect', (_origin, _clients, error) => {
      if (client !== this.client) return;
      // undici's own words for an idle connection that it has closed itself.
      if (error.message === 'socket idle timeout') this.shared.ends.byBench += 1;
      else if (this.state !== 'abandoned' && this.shared.keepAlive) this.shared.ends.byTarget += 1;
      if (this.state === 'free') this.shared.listener.onClosed(this.slot);
    });
    return client;
  }

  closeIdle(): void {
    if (this.state !== 'free' || this.client === undefined) return;
    const { client } = this;
    this.client = undefined;
    this.shared.ends.byBench += 1;
    void client.destroy();
    this.shared.listener.onClosed(this.slot);
  }

  abort(): void {
    if (this.state === 'busy' && this.abortRequest !== null) this.shared.ends.afterTimeout += 1;
    this.state = 'abandoned';
    // Without it the connection is still being opened: onConnect gives the request up when it is.
    this.abortRequest?.(ABANDONED);
  }

  onConnect(abort: (error?: Error) => void): void {
    if (this.state === 'abandoned') {
      abort(ABANDONED);
      return;
    }
    this.abortRequest = abort;
    this.shared.listener.onSent(this.slot);
  }

  onHeaders(statusCode: number, rawHeaders: Buffer[]): boolean {
    this.hasBegun = true;
    if (this.kept !== undefined) this.keepHeaders(this.kept, rawHeaders);
    this.status = statusCode;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    this.kept?.addBody(chunk);
    return true;
  }

  private keepHeaders(kept: KeptAnswer, raw: readonly Buffer[]): void {
    // Those of an informational answer before it count for nothing.
    kept.begin();
    for (let at = 0; at < raw.length; at += 2) kept.addHeader(raw[at] as Buffer, raw[at + 1] as Buffer);
  }

  onComplete(): void {
    if (this.state !== 'busy') return;
    this.state = 'free';
    this.isReused = this.shared.keepAlive;
    this.shared.listener.onAnswered(this.slot, this.status, this.bytes);
    this.shared.listener.onFree(this.slot, this.shared.keepAlive);
  }

  onError(error: Error): void {
    if (this.state === 'busy')
      this.shared.listener.onFailed(this.slot, classifyLoss(classifyFailure(error), this));
    this.isReused = false;
    // undici must not be called again from inside an error callback: after a refused connection that
    // trips its own assertion. The slot is free from the next turn of the event loop on.
    this.shared.clock.after(0, this.freeLater);
  }

  async close(): Promise<void> {
    await this.client?.destroy();
  }
}

const LONGEST_IDLE_MS = 600_000;
const IDLE_MARGIN_MS = 500;

/** The reason given to undici for requests that the driver gave up; never shown. */
const ABANDONED = new Error('given up by the driver');

interface Shared {
  listener: TransportListener;
  readonly ends: ConnectionEnds;
  readonly clock: Clock;
  readonly keepAlive: boolean;
  readonly keeps: Keeps | undefined;
  connect(): Client;
}

/**
 * Sends over HTTP/1.1 with one undici Client for each connection, no pipelining: slower than the wire
 * transport, and a witness for it that was written by others.
 */
export function undiciTransport(options: UndiciTransportOptions): Transport {
  let connectionsOpened = 0;
  const shared: Shared = {
    listener: NO_LISTENER,
    ends: { byTarget: 0, byBench: 0, afterTimeout: 0 },
    clock: options.clock,
    keepAlive: options.keepAlive,
    keeps: options.keeps,
    connect() {
      const client = new Client(options.origin, {
        pipelining: 1,
        // Deadlines are the driver's: undici's timers are coarse and count from another moment.
        headersTimeout: 0,
        bodyTimeout: 0,
        // As long as the target does not say how long it keeps an idle connection, it is the one to close it.
        keepAliveTimeout: LONGEST_IDLE_MS,
        keepAliveTimeoutThreshold: IDLE_MARGIN_MS,
        connect: {
          lookup: lookUpOnce,
          timeout: options.connectTimeoutMs,
          rejectUnauthorized: !options.acceptsAnyCertificate,
          ...(options.socketPath === null ? {} : { socketPath: options.socketPath }),
        },
      });
      client.on('connect', () => {
        connectionsOpened += 1;
      });
      return client;
    },
  };
  const connections = Array.from(
    { length: options.maxConnections },
    (_, slot) => new Connection(slot, shared),
  );
  return {
    slots: options.maxConnections,
    get connectionsOpened() {
      return connectionsOpened;
    },
    connectionEnds: shared.ends,
    listen(listener) {
      shared.listener = listener;
    },
    // undici opens a connection for a request only.
    open: () => Promise.resolve(),
    send: (slot, request) => connections[slot]?.send(request),
    kept: (slot) => connections[slot]?.kept,
    abort: (slot) => connections[slot]?.abort(),
    closeIdle: (slot) => connections[slot]?.closeIdle(),
    async close() {
      shared.listener = NO_LISTENER;
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}
