/*
 * Hot path: runs for every request. One handler object for each connection, reused; no promise, no closure, no
 * AbortSignal for a request. undici 7 calls the on… methods of its native handler form directly, while the newer form
 * costs a wrapper and parsed headers for each answer.
 */
import type { Socket } from 'node:net';
import type { Client, Dispatcher } from 'undici';
import type { RequestBlueprint } from '../../model/requests/request.js';
import { classifyLoss } from './classify-failure.js';
import { Keeping } from './keeping.js';
import type { KeptAnswer } from './kept-answer.js';
import { FedSocket } from './fed-socket.js';
import { socketIsSecure } from './open-socket.js';
import { ABANDONED, newClient, openClient, type Connected } from './undici-client.js';
import { UndiciReader } from './undici-reader.js';
import type { Shared } from './undici-shared.js';
import { CLOSED_AS_ANNOUNCED, CONNECTION_LENGTH, kindOf, saysClose, UNREADABLE } from './undici-words.js';

const SWITCHING_PROTOCOLS = 101;

type State = 'free' | 'busy' | 'abandoned';

export class Connection implements Dispatcher.DispatchHandler {
  private client: Client | undefined;
  private socket: Socket | undefined;
  private isOpen = false;
  private state: State = 'free';
  private isSent = false;
  private status = 0;
  private bytes = 0;
  private keepsOpen = true;
  /** Whether the connection ended with an error, a reset say, and not with its regular end. */
  private wasBroken = false;
  /** Whether undici is reading a piece, and whether the answer was complete with it. */
  private isReading = false;
  private isComplete = false;
  private readonly reader = new UndiciReader();
  private readonly keeping: Keeping;
  /** Whether a byte of the answer has come. */
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
    this.keeping = new Keeping(shared.keeps, (status) => shared.listener.wantsAnswer(slot, status));
  }

  get kept(): KeptAnswer | undefined {
    return this.keeping.answer;
  }

  private newClient(): Client {
    const { origin } = this.shared.address;
    const client = newClient(origin, (done) => this.connect(done));
    client.on('disconnect', (_origin, _clients, error) => {
      if (client === this.client) this.onDisconnect(error);
    });
    return client;
  }

  /** Resolves when the connection is open or has failed. */
  open(): Promise<void> {
    if (this.isOpen) return Promise.resolve();
    this.client ??= this.newClient();
    return openClient(this.client);
  }

  send(request: RequestBlueprint, serial: number): void {
    this.state = 'busy';
    this.isSent = false;
    this.status = 0;
    this.bytes = 0;
    this.hasBegun = false;
    this.keepsOpen = true;
    this.wasBroken = false;
    this.reader.begin();
    this.keeping.begin();
    this.client ??= this.newClient();
    this.client.dispatch(this.shared.requestOf(request, serial), this);
  }

  closeIdle(): void {
    if (this.state !== 'free' || !this.isOpen) return;
    this.isOpen = false;
    this.shared.ends.byBench += 1;
    this.socket?.destroy();
    this.shared.listener.onClosed(this.slot);
  }

  abort(): void {
    if (this.state === 'busy' && this.isSent) this.shared.ends.afterTimeout += 1;
    this.state = 'abandoned';
    this.isOpen = false;
    // The client goes, too: it would open the connection again at once. `onError` follows.
    const { client } = this;
    this.client = undefined;
    void client?.destroy(ABANDONED);
    this.socket?.destroy();
  }

  onConnect(): void {
    this.isSent = true;
    this.shared.listener.onSent(this.slot);
  }

  onHeaders(statusCode: number, rawHeaders: Buffer[]): boolean {
    if (statusCode < 200) return true;
    this.status = statusCode;
    if (this.state === 'busy') this.keeping.noteStatus(statusCode);
    this.readHeaders(rawHeaders);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    this.keeping.answer?.addBody(chunk);
    return true;
  }

  onComplete(): void {
    if (this.state !== 'busy') return;
    // Not before all of the piece has been read: more than the answer may have come.
    if (this.isReading) this.isComplete = true;
    // A body that lasts until the connection ends; undici takes any end for its end (RFC 9112, 8).
    else if (this.wasBroken) this.failAndFree('response-cut-short');
    else this.complete();
  }

  private complete(): void {
    const { shared, slot, status, bytes } = this;
    this.isSent = false;
    const keepsOpen = this.keepsOpen && shared.address.keepAlive;
    if (!this.keepsOpen && shared.address.keepAlive) shared.ends.byTarget += 1;
    if (!keepsOpen) this.isOpen = false;
    this.state = 'free';
    this.isReused = keepsOpen;
    shared.listener.onAnswered(slot, status, bytes);
    shared.listener.onFree(slot, keepsOpen);
  }

  onError(error: Error): void {
    if (this.state === 'busy') {
      // An answer with an upgrade that was not asked for.
      if (error.message === 'bad upgrade') this.answerUpgrade();
      else this.fail(kindOf(error, this.status));
    }
    this.freeAfterFailure();
  }

  private answerUpgrade(): void {
    this.shared.ends.byBench += 1;
    this.state = 'abandoned';
    this.shared.listener.onAnswered(this.slot, SWITCHING_PROTOCOLS, 0);
  }

  private failForExcess(): void {
    this.shared.ends.byBench += 1;
    this.isOpen = false;
    this.failAndFree('content-length-mismatch');
  }

  private failAndFree(kind: string): void {
    this.fail(kind);
    this.freeAfterFailure();
  }

  private fail(kind: string): void {
    const { listener, ends, address } = this.shared;
    if (this.isOpen && UNREADABLE.has(kind)) ends.byBench += 1;
    else if (this.isOpen && address.keepAlive) ends.byTarget += 1;
    this.state = 'abandoned';
    listener.onFailed(this.slot, classifyLoss(kind, this));
  }

  private freeAfterFailure(): void {
    this.isOpen = false;
    this.isReused = false;
    // undici must not be called again from inside an error callback: after a refused connection that
    // trips its own assertion. The slot is free from the next turn of the event loop on.
    this.shared.clock.after(0, this.freeLater);
  }

  async close(): Promise<void> {
    await this.client?.destroy();
  }

  private readHeaders(raw: readonly Buffer[]): void {
    const { kept } = this;
    for (let at = 0; at < raw.length; at += 2) {
      const name = raw[at] as Buffer;
      const value = raw[at + 1] as Buffer;
      if (name.length === CONNECTION_LENGTH && saysClose(name, value)) this.keepsOpen = false;
      kept?.addHeader(name, value);
    }
  }

  private connect(done: Connected): void {
    const { address, buffer } = this.shared;
    const fed = new FedSocket(address, buffer, (piece) => this.take(fed, piece));
    const { socket } = fed;
    this.socket = socket;
    let isDone = false;
    socket.once(socketIsSecure(address) ? 'secureConnect' : 'connect', () => {
      isDone = true;
      this.isOpen = true;
      this.isReused = false;
      this.shared.connectionsOpened += 1;
      done(null, socket);
    });
    socket.on('error', (error) => {
      // Heard of before undici does.
      if (socket === this.socket && this.isSent) this.wasBroken = true;
      if (!isDone) done(error, null);
      isDone = true;
    });
  }

  private take(fed: FedSocket, received: Buffer): void {
    const { socket } = fed;
    if (socket !== this.socket) return;
    const piece = this.isSent && this.status === 0 ? this.reader.firstOf(received) : received;
    if (this.isSent) this.hasBegun = true;
    if (piece.length === 0) return;
    this.isReading = true;
    fed.feed(piece);
    this.isReading = false;
    if (!this.isComplete) return;
    this.isComplete = false;
    // undici closes a connection, and says nothing, when more comes than the answer.
    const hasExcess = socket.errored !== null && socket.errored.message !== CLOSED_AS_ANNOUNCED;
    if (hasExcess) this.failForExcess();
    else this.complete();
  }

  private onDisconnect(error: Error): void {
    if (this.state !== 'free' || !this.isOpen) return;
    this.isOpen = false;
    // undici's own words for an idle connection that it has closed itself.
    if (error.message === 'socket idle timeout') this.shared.ends.byBench += 1;
    else if (this.shared.address.keepAlive) this.shared.ends.byTarget += 1;
    this.shared.listener.onClosed(this.slot);
  }
}
