/** What of every answer is to be kept for a check. */
export interface Keeps {
  readonly headers: boolean;
  readonly body: boolean;
}

export const MOST_KEPT_BYTES = 1024 * 1024;

/** Headers and body of the answer that a connection reads, as far as a check needs them. */
export class KeptAnswer {
  /** Name in lower case, value, name, value … */
  readonly headers: string[] = [];
  private readonly pieces: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly keeps: Keeps) {}

  begin(): void {
    this.headers.length = 0;
    this.pieces.length = 0;
    this.bytes = 0;
  }

  addHeader(name: Uint8Array, value: Uint8Array): void {
    if (this.keeps.headers) this.headers.push(textOf(name).toLowerCase(), textOf(value).trim());
  }

  /** Copies: the bytes are in a buffer that is used again. */
  addBody(bytes: Uint8Array): void {
    if (!this.keeps.body) return;
    this.bytes += bytes.length;
    if (this.bytes > MOST_KEPT_BYTES) this.pieces.length = 0;
    else this.pieces.push(Buffer.from(bytes));
  }

  /** Undefined when it was too large to be kept. */
  get body(): Buffer | undefined {
    return this.bytes > MOST_KEPT_BYTES ? undefined : Buffer.concat(this.pieces);
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
