/*
 * Runs for every request: one handler object for each slot, reused; no promise or closure for a request.
 */
import type { ClientHttp2Stream } from 'node:http2';
import type { Dispatcher } from 'undici';
import { classifyFailure, classifyLoss } from './classify-failure.js';
import type { Http2Connection, Http2Shared } from './http2-connection.js';
import { Keeping } from './keeping.js';
import type { KeptAnswer } from './kept-answer.js';

/**
 * free; busy: the driver waits for its end; abandoned: the driver has given it up, undici has not yet;
 * ended: failed, and free from the next turn of the event loop on.
 */
type State = 'free' | 'busy' | 'abandoned' | 'ended';

/** The reason given to undici for requests that are given up; never shown. With this code undici keeps the others. */
const GIVEN_UP = Object.assign(new Error('given up'), { code: 'UND_ERR_INFO' });
const CONTENT_LENGTH = 'content-length';
const NOT_MODIFIED = 304;

/** The requests of one slot, one after another. */
export class Http2Stream implements Dispatcher.DispatchHandler {
  private state: State = 'free';
  connection: Http2Connection | undefined;
  private abortRequest: ((error?: Error) => void) | null = null;
  private stream: ClientHttp2Stream | undefined;
  private status = 0;
  private bytes = 0;
  /** Of the body, as the headers say; -1 = they do not. */
  private announcedBytes = -1;
  private isHead = false;
  /** What the connection had received when the request was sent. */
  private progressBefore = 0;
  hasBegun = false;
  isReused = false;
  private readonly keeping: Keeping;
  private readonly freeLater = (): void => {
    this.state = 'free';
    this.slots.free(this.slot);
  };

  constructor(
    private readonly slot: number,
    private readonly shared: Http2Shared,
    private readonly slots: { free(slot: number): void },
  ) {
    this.keeping = new Keeping(shared.options.keeps, (status) => shared.listener.wantsAnswer(slot, status));
  }

  get kept(): KeptAnswer | undefined {
    return this.keeping.answer;
  }

  get isFree(): boolean {
    return this.state === 'free';
  }

  begin(isHead: boolean): void {
    this.state = 'busy';
    this.abortRequest = null;
    this.stream = undefined;
    this.status = 0;
    this.bytes = 0;
    this.announcedBytes = -1;
    this.isHead = isHead;
    this.hasBegun = false;
    this.keeping.begin();
  }

  abort(): void {
    if (this.state !== 'busy') return;
    this.state = 'abandoned';
    const { abortRequest, connection } = this;
    // Without it the connection is still being opened: onConnect gives the request up when it is.
    if (abortRequest === null) return;
    const isSilent = connection?.progress === this.progressBefore;
    abortRequest(GIVEN_UP);
    if (isSilent) connection.giveUpSilent();
  }

  /** The connection is gone, or the server has ended all that is under way on it. */
  lose(kind: string): void {
    this.fail(kind);
    this.abortRequest?.(GIVEN_UP);
  }

  onConnect(abort: (error?: Error) => void): void {
    // A request is sent once: undici would send it again on its next connection.
    if (this.state !== 'busy' || this.abortRequest !== null) {
      abort(GIVEN_UP);
      return;
    }
    this.abortRequest = abort;
    const { connection } = this;
    if (connection) {
      this.isReused = connection.hasAnswered;
      this.progressBefore = connection.progress;
      connection.noteSent(this);
    }
    this.shared.listener.onSent(this.slot);
  }

  onHeaders(statusCode: number, rawHeaders: Buffer[], resume: () => unknown): boolean {
    this.hasBegun = true;
    this.status = statusCode;
    if (this.state === 'busy') this.keeping.noteStatus(statusCode);
    this.readHeaders(rawHeaders);
    // undici shows the stream nowhere else: its `resume` is the stream's own, which returns the stream.
    this.stream = resume() as ClientHttp2Stream | undefined;
    const { connection, stream } = this;
    if (connection) {
      connection.progress += 1;
      connection.hasAnswered = true;
      connection.meet(stream?.session);
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.bytes += chunk.length;
    if (this.connection) this.connection.progress += 1;
    this.keeping.answer?.addBody(chunk);
    return true;
  }

  onComplete(): void {
    this.connection?.noteEnd(this);
    if (this.state !== 'busy') return;
    // undici takes an answer that the server has cut off (RST_STREAM with CANCEL or NO_ERROR) for a whole one.
    if ((this.stream?.rstCode ?? 0) !== 0) this.fail('http2-stream-reset');
    else if (this.isTooShort()) this.fail('response-cut-short');
    else {
      this.state = 'free';
      this.shared.listener.onAnswered(this.slot, this.status, this.bytes);
      this.slots.free(this.slot);
    }
  }

  onError(error: Error): void {
    this.connection?.noteEnd(this);
    if (this.state === 'abandoned') this.endLater();
    else if (this.state === 'busy') {
      const { connection } = this;
      const kind = classifyFailure(error);
      this.fail(kind);
      // undici tells one request of it, and sends the others again.
      if (kind === 'http2-goaway') connection?.loseRequests(kind);
    }
  }

  private fail(kind: string): void {
    if (this.state !== 'busy') return;
    this.connection?.noteEnd(this);
    this.shared.listener.onFailed(this.slot, classifyLoss(kind, this));
    this.endLater();
  }

  /** undici must not be called again from inside a callback of a failure. */
  private endLater(): void {
    this.state = 'ended';
    this.shared.options.clock.after(0, this.freeLater);
  }

  private readHeaders(raw: readonly Buffer[]): void {
    const { kept } = this;
    for (let at = 0; at < raw.length; at += 2) {
      const name = raw[at] as Buffer;
      const value = raw[at + 1] as Buffer;
      kept?.addHeader(name, value);
      if (name.length === CONTENT_LENGTH.length && name.toString('latin1') === CONTENT_LENGTH)
        this.announcedBytes = Number(value.toString('latin1'));
    }
  }

  private isTooShort(): boolean {
    return !this.isHead && this.status !== NOT_MODIFIED && this.bytes < this.announcedBytes;
  }
}
