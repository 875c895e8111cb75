import { decodeBody } from './decode-body.js';

/** What of every answer is to be kept for a check. */
export interface Keeps {
  readonly headers: boolean;
  readonly body: boolean;
  /** The largest body that is kept, as sent and decoded [`MOST_KEPT_BYTES`]. */
  readonly mostBytes?: number;
  /** Called when a body has just become larger. */
  readonly onTooLarge?: (answer: KeptAnswer) => void;
  /** Called when an answer says that it is a stream of events, and again when the first of them comes. */
  readonly onStream?: (answer: KeptAnswer) => void;
}

/** Media types of answers that go on for as long as there is something to say. */
const STREAMS =
  /^(text\/event-stream|application\/(x-ndjson|ndjson|jsonl|x-jsonlines|stream\+json|json-seq))\b/i;

const CONTENT_TYPE = 'content-type';

export const MOST_KEPT_BYTES = 1024 * 1024;

/** Of an example, as sent: what is longer is cut. */
const EXAMPLE_BYTES = 16 * 1024;

const CONTENT_ENCODING = 'content-encoding';

/** Headers and body of the answer that a connection reads, as far as a check needs them. */
export class KeptAnswer {
  /** Name in lower case, value, name, value … */
  readonly headers: string[] = [];
  private readonly pieces: Buffer[] = [];
  status = 0;
  private bytes = 0;
  private isStream = false;
  private contentEncoding = '';
  private mostBytes: number;
  /** An example is kept for people, whatever checks need: its headers, and the start of its body. */
  private isExample = false;

  constructor(private readonly keeps: Keeps) {
    this.mostBytes = keeps.mostBytes ?? MOST_KEPT_BYTES;
  }

  begin(): void {
    this.headers.length = 0;
    this.pieces.length = 0;
    this.bytes = 0;
    this.isStream = false;
    this.contentEncoding = '';
    this.isExample = false;
    this.mostBytes = this.keeps.mostBytes ?? MOST_KEPT_BYTES;
  }

  /** After `begin`. */
  becomeExample(): void {
    this.isExample = true;
    this.mostBytes = EXAMPLE_BYTES;
  }

  addHeader(name: Uint8Array, value: Uint8Array): void {
    if (this.keeps.headers || this.isExample)
      this.headers.push(textOf(name).toLowerCase(), textOf(value).trim());
    if (this.keeps.onStream && name.length === CONTENT_TYPE.length) this.noteType(name, value);
    if (this.keepsBody && name.length === CONTENT_ENCODING.length) this.noteEncoding(name, value);
  }

  /** Copies: the bytes are in a buffer that is used again. */
  addBody(bytes: Uint8Array): void {
    if (this.isExample) this.addStart(bytes);
    else if (this.keeps.body) this.addWhole(bytes);
  }

  private addStart(bytes: Uint8Array): void {
    const room = this.mostBytes - this.bytes;
    this.bytes += bytes.length;
    if (room > 0) this.pieces.push(Buffer.from(bytes.subarray(0, room)));
  }

  private addWhole(bytes: Uint8Array): void {
    const before = this.bytes;
    this.bytes += bytes.length;
    if (this.bytes <= this.mostBytes) this.pieces.push(Buffer.from(bytes));
    else if (before <= this.mostBytes) this.overflow();
    if (before === 0 && this.isStream) this.keeps.onStream?.(this);
  }

  /**
   * Without its content encodings; undefined when it could not be decoded, or was too large to be kept. Of an example its start
   * at least, where it is not encoded.
   */
  get body(): Buffer | undefined {
    if (this.isCut && (!this.isExample || this.contentEncoding !== '')) return undefined;
    const mostBytes = this.isExample ? MOST_KEPT_BYTES : this.mostBytes;
    return decodeBody(Buffer.concat(this.pieces), this.contentEncoding, mostBytes);
  }

  get keepsBody(): boolean {
    return this.keeps.body || this.isExample;
  }

  /** Whether more of the body has come than is kept. */
  get isCut(): boolean {
    return this.bytes > this.mostBytes;
  }

  get bodyBytes(): number {
    return this.bytes;
  }

  get hasBody(): boolean {
    return this.bytes > 0;
  }

  private noteType(name: Uint8Array, value: Uint8Array): void {
    if (textOf(name).toLowerCase() !== CONTENT_TYPE || !STREAMS.test(textOf(value).trim())) return;
    this.isStream = true;
    this.keeps.onStream?.(this);
  }

  private overflow(): void {
    this.pieces.length = 0;
    this.keeps.onTooLarge?.(this);
  }

  /** Several of the name are one list: RFC 9110, 5.3. */
  private noteEncoding(name: Uint8Array, value: Uint8Array): void {
    if (textOf(name).toLowerCase() !== CONTENT_ENCODING) return;
    this.contentEncoding += `,${textOf(value)}`;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
