/*
 * Hot path: runs for every request; nothing is allocated for one but what the socket itself needs.
 */
import type { Socket } from 'node:net';
import type { RequestBlueprint } from '../../model/requests/request.js';
import { classifyFailure, classifyLoss } from './classify-failure.js';
import { Keeping } from './keeping.js';
import type { KeptAnswer } from './kept-answer.js';
import { openSocket, socketIsSecure } from './open-socket.js';
import { READ, ResponseReader } from './response-reader.js';
import { TICK_MS, type Shared } from './wire-shared.js';

const TICKS_A_SECOND = 1000 / TICK_MS;
/**
 * So long before the server would close an idle connection it is closed from here: a request that meets the
 * server's closing is lost.
 */
const MARGIN_TICKS = 2;
/** A server that closes sooner than this after an answer has another reason than idleness. */
const SHORTEST_IDLE_TICKS = 4;

const KIND_OF_UNREADABLE = {
  [READ.excess]: 'content-length-mismatch',
  [READ.invalid]: 'invalid-response',
  [READ.headersTooLarge]: 'headers-too-large',
};

type State = 'free' | 'busy' | 'abandoned';

/** One slot: a socket, opened when it is needed, with one request on it at a time. */
export class Connection {
  private socket: Socket | undefined;
  private isOpen = false;
  private state: State = 'free';
  /** What is to be written as soon as the connection is open. */
  private waiting: Buffer | undefined;
  /** Whether the connection has carried a request before the present one. */
  private isReused = false;
  private usedAt = 0;
  private readonly keeping: Keeping;
  private readonly reader: ResponseReader;
  private whenSettled = (): void => {};
  private readonly freeLater = (): void => {
    this.state = 'free';
    this.shared.listener.onFree(this.slot, false);
  };

  constructor(
    private readonly slot: number,
    private readonly shared: Shared,
  ) {
    this.keeping = new Keeping(shared.options.keeps, (status) => shared.listener.wantsAnswer(slot, status));
    this.reader = new ResponseReader(this.keeping);
  }

  get kept(): KeptAnswer | undefined {
    return this.keeping.answer;
  }

  open(): Promise<void> {
    if (this.socket) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenSettled = resolve;
      this.connect();
    });
  }

  send(request: RequestBlueprint, serial: number): void {
    const bytes = this.shared.bytesOf(request, serial);
    this.state = 'busy';
    this.reader.begin(request.method === 'HEAD');
    if (this.isOpen) {
      this.write(bytes);
    } else {
      this.waiting = bytes;
      if (!this.socket) this.connect();
    }
  }

  /** Closes the connection before the server would, if it is idle. */
  closeIfStale(): void {
    const idleTicks = this.shared.ticks - this.usedAt;
    if (idleTicks >= this.shared.idleLimitTicks - MARGIN_TICKS) this.closeIdle();
  }

  closeIdle(): void {
    if (this.state !== 'free' || !this.isOpen) return;
    this.shared.ends.byBench += 1;
    this.drop();
    this.shared.listener.onClosed(this.slot);
  }

  abort(): void {
    this.state = 'abandoned';
    if (this.isOpen) this.shared.ends.afterTimeout += 1;
    this.drop();
    this.shared.options.clock.after(0, this.freeLater);
  }

  close(): void {
    this.drop();
  }

  private write(bytes: Buffer): void {
    this.shared.listener.onSent(this.slot);
    this.socket?.write(bytes);
  }

  private connect(): void {
    const callback = (length: number): boolean => {
      if (socket === this.socket) this.onBytes(length);
      return true;
    };
    const { options, buffer } = this.shared;
    const socket = openSocket(options, 'http/1.1', { buffer, callback });
    this.socket = socket;
    this.isReused = false;
    socket.on(socketIsSecure(this.shared.options) ? 'secureConnect' : 'connect', () => this.onOpen(socket));
    let reason: Error | undefined;
    socket.on('error', (error) => {
      reason = error;
    });
    socket.on('end', () => this.onGone(socket, undefined));
    socket.on('close', () => this.onGone(socket, reason));
  }

  private onOpen(socket: Socket): void {
    if (socket !== this.socket) return;
    this.isOpen = true;
    this.usedAt = this.shared.ticks;
    this.shared.connectionsOpened += 1;
    this.whenSettled();
    const bytes = this.waiting;
    this.waiting = undefined;
    if (bytes && this.state === 'busy') this.write(bytes);
  }

  private onBytes(length: number): void {
    if (this.state !== 'busy') {
      // Nobody has asked: some servers announce on an idle connection that they close it.
      this.goneIdle();
      return;
    }
    const result = this.reader.read(this.shared.buffer, length);
    if (result === READ.more) return;
    if (result === READ.complete) this.complete();
    else this.refuse(KIND_OF_UNREADABLE[result]);
  }

  private complete(): void {
    const { shared } = this;
    if (this.reader.keepAliveSeconds >= 0) this.learnLimit(this.reader.keepAliveSeconds * TICKS_A_SECOND);
    // One that the server closes at once, by its own word, cannot be used again.
    const isKept = this.reader.keepsAlive && shared.idleLimitTicks > 0;
    const keepsOpen = isKept && shared.options.keepAlive;
    if (!isKept && shared.options.keepAlive) shared.ends.byTarget += 1;
    if (!keepsOpen) this.drop();
    this.state = 'free';
    this.isReused = true;
    this.usedAt = shared.ticks;
    this.shared.listener.onAnswered(this.slot, this.reader.status, this.reader.bodyBytes);
    this.shared.listener.onFree(this.slot, keepsOpen);
  }

  /** The socket has ended, by the other side or by an error. */
  private onGone(socket: Socket, reason: Error | undefined): void {
    if (socket !== this.socket) return;
    const wasOpen = this.isOpen;
    if (this.state === 'free') {
      if (wasOpen) this.learnLimit(this.shared.ticks - this.usedAt);
      this.goneIdle();
      return;
    }
    this.drop();
    if (this.state !== 'busy') return;
    if (wasOpen && reason === undefined && this.reader.isCompleteAtEnd) {
      this.complete();
      return;
    }
    const kind = reason === undefined ? 'connection-closed' : classifyFailure(reason);
    if (!wasOpen) {
      this.fail(kind);
      return;
    }
    this.shared.ends.byTarget += 1;
    if (reason === undefined && this.reader.isMiscounted) this.fail('content-length-mismatch');
    else this.fail(classifyLoss(kind, { hasBegun: this.reader.hasBegun, isReused: this.isReused }));
  }

  private goneIdle(): void {
    if (this.state !== 'free') {
      this.drop();
      return;
    }
    if (this.isOpen) this.shared.ends.byTarget += 1;
    this.drop();
    this.shared.listener.onClosed(this.slot);
  }

  private learnLimit(ticks: number): void {
    const isLimit = ticks === 0 ? this.reader.keepAliveSeconds === 0 : ticks >= SHORTEST_IDLE_TICKS;
    if (isLimit) this.shared.idleLimitTicks = Math.min(this.shared.idleLimitTicks, ticks);
  }

  /** Of an answer that cannot be read, nobody knows where the next one would begin. */
  private refuse(kind: string): void {
    this.shared.ends.byBench += 1;
    this.fail(kind);
  }

  private fail(kind: string): void {
    this.drop();
    this.state = 'abandoned';
    this.shared.listener.onFailed(this.slot, kind);
    // Not from inside a failure: a server that refuses every connection would be asked again without end.
    this.shared.options.clock.after(0, this.freeLater);
  }

  private drop(): void {
    const { socket } = this;
    this.socket = undefined;
    this.isOpen = false;
    this.waiting = undefined;
    this.whenSettled();
    socket?.destroy();
  }
}
