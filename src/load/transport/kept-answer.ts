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
  private readonly mostBytes: number;

  constructor(private readonly keeps: Keeps) {
    this.mostBytes = keeps.mostBytes ?? MOST_KEPT_BYTES;
  }

  begin(): void {
    this.headers.length = 0;
    this.pieces.length = 0;
    this.bytes = 0;
    this.isStream = false;
    this.contentEncoding = '';
  }

  addHeader(name: Uint8Array, value: Uint8Array): void {
    if (this.keeps.headers) this.headers.push(textOf(name).toLowerCase(), textOf(value).trim());
    if (this.keeps.onStream && name.length === CONTENT_TYPE.length) this.noteType(name, value);
    if (this.keeps.body && name.length === CONTENT_ENCODING.length) this.noteEncoding(name, value);
  }

  /** Copies: the bytes are in a buffer that is used again. */
  addBody(bytes: Uint8Array): void {
    if (!this.keeps.body) return;
    const before = this.bytes;
    this.bytes += bytes.length;
    if (this.bytes <= this.mostBytes) this.pieces.push(Buffer.from(bytes));
    else if (before <= this.mostBytes) this.overflow();
    if (before === 0 && this.isStream) this.keeps.onStream?.(this);
  }

  /** Without its content encodings; undefined when it could not be decoded, or was too large to be kept. */
  get body(): Buffer | undefined {
    if (this.bytes > this.mostBytes) return undefined;
    return decodeBody(Buffer.concat(this.pieces), this.contentEncoding, this.mostBytes);
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
