import type { Clock } from '../../kernel/clock.js';
import { LARGEST_BODY_BYTES, type Fetch, type Fetched } from '../../model/requests/fetch.js';
import type { Address } from '../../model/generation/generator.js';
import type { RequestBlueprint } from '../../model/requests/request.js';
import { http2Transport } from './http2-transport.js';
import { transports } from './index.js';
import type { KeptAnswer } from './kept-answer.js';
import { streamLayout } from './stream-layout.js';
import type { Transport, TransportListener } from './transport.js';

/** How requests outside the load are sent: as the load's. */
export interface Way {
  readonly connection: Omit<Address, 'origin'>;
  readonly client: keyof typeof transports | 'http2';
}

/** Few requests outside the load go at once; more wait for one another. */
const SLOTS = 4;
const CONNECT_LIMIT_MS = 10_000;
/** Over HTTP/2 a connection for each: a server may allow one request at a time. */
const LAYOUT = streamLayout({ maxConnections: SLOTS, warmup: { connections: SLOTS } }, 1);
/** Longer idle ones are closed: a server with few workers may have one of them wait on each connection. */
const IDLE_LIMIT_MS = 500;
/** Answers of these types often end all the same. */
const STREAM_LIMIT_MS = 1000;

type AskOptions = Pick<NonNullable<Parameters<Fetch>[1]>, 'signal' | 'refusesLarge' | 'endsStreams'>;

interface Asked {
  readonly request: RequestBlueprint;
  readonly refusesLarge: boolean;
  readonly endsStreams: boolean;
  readonly startedUs: number;
  stream?: { firstEventMs: number | null };
  /** How often its connection was closed just as it was used again. */
  lost: number;
  readonly resolve: (answer: Fetched) => void;
  readonly reject: (reason: Error) => void;
}

/** The connections to one origin. */
export class Line implements TransportListener {
  private readonly transport: Transport;
  /** The one used last goes first, since its connection is open. */
  private readonly free = Array.from({ length: SLOTS }, (_, slot) => slot);
  private readonly waiting: Asked[] = [];
  private readonly underWay = new Map<number, Asked>();
  private readonly stayOpen = new Map<number, () => void>();
  private readonly place: string;

  constructor(
    origin: string,
    { connection, client }: Way,
    private readonly clock: Clock,
  ) {
    this.place = connection.socketPath ?? placeOf(origin);
    const options = {
      ...connection,
      ...{ origin, maxConnections: SLOTS, clock },
      keeps: {
        headers: true,
        body: true,
        mostBytes: LARGEST_BODY_BYTES,
        onTooLarge: this.onTooLarge,
        onStream: this.onStream,
      },
    };
    this.transport =
      client === 'http2'
        ? http2Transport({ ...options, connectTimeoutMs: CONNECT_LIMIT_MS, layout: LAYOUT })
        : transports[client](options);
    this.transport.listen(this);
  }

  ask(
    request: RequestBlueprint,
    { signal, refusesLarge = false, endsStreams = false }: AskOptions,
  ): Promise<Fetched> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const onAbort = (): void => this.giveUp(asked, signal?.reason as Error);
      const settled =
        <T>(settle: (result: T) => void) =>
        (result: T): void => {
          signal?.removeEventListener('abort', onAbort);
          settle(result);
        };
      const startedUs = this.clock.nowUs();
      const ends = { resolve: settled(resolve), reject: settled(reject) };
      const asked: Asked = { request, refusesLarge, endsStreams, startedUs, lost: 0, ...ends };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.push(asked);
      this.sendNext();
    });
  }

  onSent(): void {}

  /** All of them are kept. */
  wantsAnswer(): boolean {
    return false;
  }

  onAnswered(slot: number, status: number, bytesReceived: number): void {
    const kept = this.transport.kept(slot);
    const answer = { status, bytesReceived, headers: [...(kept?.headers ?? [])], body: kept?.body ?? null };
    this.take(slot)?.resolve(answer);
  }

  /** What a kept connection lost as the server closed it tells nothing of the request: that goes on another one. */
  onFailed(slot: number, kind: string): void {
    const asked = this.take(slot);
    if (asked && kind === 'reused-connection-closed' && asked.lost < SLOTS) {
      asked.lost += 1;
      this.waiting.unshift(asked);
    } else asked?.reject(new Error(`${kind} at ${this.place}`));
  }

  onFree(slot: number, isOpen: boolean): void {
    this.free.push(slot);
    if (isOpen) {
      const close = (): void => this.transport.closeIdle(slot);
      this.stayOpen.set(slot, this.clock.after(IDLE_LIMIT_MS, close));
    }
    this.sendNext();
  }

  onClosed(slot: number): void {
    this.keepOpen(slot);
  }

  async close(): Promise<void> {
    const left = [...this.waiting.splice(0), ...this.underWay.values()];
    this.underWay.clear();
    for (const slot of [...this.stayOpen.keys()]) this.keepOpen(slot);
    await this.transport.close();
    for (const asked of left) asked.reject(new Error(`the connection to ${this.place} has been given up`));
  }

  /** Later, since the connection is still reading. */
  private readonly onTooLarge = (answer: KeptAnswer): void => {
    const [, asked] = [...this.underWay].find(([slot]) => this.transport.kept(slot) === answer) ?? [];
    if (asked?.refusesLarge !== true) return;
    const why = new Error(`response-too-large at ${this.place}: larger than 64 MB`);
    this.clock.after(0, () => this.giveUp(asked, why));
  };

  /** Its head comes first, then its first event. */
  private readonly onStream = (answer: KeptAnswer): void => {
    const [slot, asked] = [...this.underWay].find(([one]) => this.transport.kept(one) === answer) ?? [];
    if (slot === undefined || asked?.endsStreams !== true) return;
    if (!asked.stream) {
      asked.stream = { firstEventMs: null };
      this.clock.after(STREAM_LIMIT_MS, () => this.endStream(slot, asked));
    }
    if (answer.hasBody) asked.stream.firstEventMs = (this.clock.nowUs() - asked.startedUs) / 1000;
  };

  private endStream(slot: number, asked: Asked): void {
    const kept = this.underWay.get(slot) === asked ? this.transport.kept(slot) : undefined;
    if (!kept || !asked.stream) return;
    const body = kept.body ?? null;
    const { status, headers } = kept;
    const answer = {
      status,
      headers: [...headers],
      body,
      bytesReceived: body?.length ?? 0,
      stream: asked.stream,
    };
    this.take(slot);
    this.transport.abort(slot);
    asked.resolve(answer);
  }

  private sendNext(): void {
    const [asked] = this.waiting;
    const slot = asked && this.free.pop();
    if (asked === undefined || slot === undefined) return;
    this.waiting.shift();
    this.keepOpen(slot);
    this.underWay.set(slot, asked);
    this.transport.send(slot, asked.request);
  }

  private giveUp(asked: Asked, reason: Error): void {
    const at = this.waiting.indexOf(asked);
    if (at >= 0) this.waiting.splice(at, 1);
    for (const [slot, other] of this.underWay) {
      if (other !== asked) continue;
      this.underWay.delete(slot);
      this.transport.abort(slot);
    }
    asked.reject(reason);
  }

  private take(slot: number): Asked | undefined {
    const asked = this.underWay.get(slot);
    this.underWay.delete(slot);
    return asked;
  }

  /** Cancels the end of an idle connection. */
  private keepOpen(slot: number): void {
    this.stayOpen.get(slot)?.();
    this.stayOpen.delete(slot);
  }
}

/** Host and port for people. */
function placeOf(origin: string): string {
  const { hostname, port, protocol } = new URL(origin);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
