/*
 * Hot path: runs for every request. One handler object for each connection, reused; no promise, no
 * closure, no AbortSignal for a request. undici 7 calls the on… methods of its native handler form
 * directly, while the newer form costs a wrapper and parsed headers for each answer.
 */
import { Client, type Dispatcher } from 'undici';
import type { Clock } from '../../kernel/clock.js';
import type { RequestBlueprint } from '../../model/request.js';
import { classifyFailure } from './classify-failure.js';
import type { Transport, TransportListener } from './transport.js';

export interface UndiciTransportOptions {
  readonly origin: string;
  readonly maxConnections: number;
  /** Longest wait for a connection to open, in milliseconds. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
}

type State = 'free' | 'busy' | 'abandoned';

class Connection implements Dispatcher.DispatchHandler {
  private client: Client | undefined;
  private state: State = 'free';
  private abortRequest: ((error?: Error) => void) | null = null;
  private status = 0;
  private bytes = 0;
  private readonly freeLater = (): void => {
    this.state = 'free';
    this.shared.listener.onFree(this.slot, false);
  };

  constructor(
    private readonly slot: number,
    private readonly shared: Shared,
  ) {}

  send(request: RequestBlueprint): void {
    this.client ??= this.shared.connect();
    this.state = 'busy';
    this.abortRequest = null;
    this.status = 0;
    this.bytes = 0;
    this.client.dispatch(request, this);
  }

  abort(): void {
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

  onHeaders(statusCode: number): boolean {
    this.status = statusCode;
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    return true;
  }

  onComplete(): void {
    if (this.state !== 'busy') return;
    this.state = 'free';
    this.shared.listener.onAnswered(this.slot, this.status, this.bytes);
    this.shared.listener.onFree(this.slot, true);
  }

  onError(error: Error): void {
    if (this.state === 'busy') this.shared.listener.onFailed(this.slot, classifyFailure(error));
    // undici must not be called again from inside an error callback: after a refused connection that
    // trips its own assertion. The slot is free from the next turn of the event loop on.
    this.shared.clock.after(0, this.freeLater);
  }

  async close(): Promise<void> {
    await this.client?.destroy();
  }
}

/** The reason given to undici for requests that the driver gave up; never shown. */
const ABANDONED = new Error('given up by the driver');

interface Shared {
  listener: TransportListener;
  readonly clock: Clock;
  connect(): Client;
}

const NO_LISTENER: TransportListener = {
  onSent() {},
  onAnswered() {},
  onFailed() {},
  onFree() {},
};

/** Sends over HTTP/1.1 with one undici Client for each connection, keep-alive, no pipelining. */
export function undiciTransport(options: UndiciTransportOptions): Transport {
  let connectionsOpened = 0;
  const shared: Shared = {
    listener: NO_LISTENER,
    clock: options.clock,
    connect() {
      const client = new Client(options.origin, {
        pipelining: 1,
        // Deadlines are the driver's: undici's timers are coarse and count from another moment.
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: { timeout: options.connectTimeoutMs },
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
    listen(listener) {
      shared.listener = listener;
    },
    send: (slot, request) => connections[slot]?.send(request),
    abort: (slot) => connections[slot]?.abort(),
    async close() {
      shared.listener = NO_LISTENER;
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}
