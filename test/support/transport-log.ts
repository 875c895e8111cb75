import type { Transport, TransportListener } from '../../src/load/transport/transport.js';

/** Writes down what a transport reports: `sent 0`, `answered 0 200 2`, `failed 0 kind`, `free 0 open`. */
export class TransportLog implements TransportListener {
  readonly lines: string[] = [];
  /** The free slots whose connections were closed. */
  readonly closed: number[] = [];
  private readonly waiting: { line: string; resolve: () => void }[] = [];

  constructor(transport: Transport) {
    transport.listen(this);
  }

  onSent(slot: number): void {
    this.write(`sent ${slot}`);
  }

  wantsAnswer(): boolean {
    return false;
  }

  onAnswered(slot: number, status: number, bytesReceived: number): void {
    this.write(`answered ${slot} ${status} ${bytesReceived}`);
  }

  onFailed(slot: number, kind: string): void {
    this.write(`failed ${slot} ${kind}`);
  }

  onFree(slot: number, open: boolean): void {
    this.write(`free ${slot} ${open ? 'open' : 'closed'}`);
  }

  onClosed(slot: number): void {
    this.closed.push(slot);
  }

  count(start: string): number {
    return this.lines.filter((line) => line.startsWith(start)).length;
  }

  /** Resolves as soon as a line starts so; at once if the last one does. */
  until(start: string): Promise<void> {
    if (this.lines.at(-1)?.startsWith(start)) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ line: start, resolve }));
  }

  private write(line: string): void {
    this.lines.push(line);
    for (const { resolve } of this.waiting.filter((one) => line.startsWith(one.line))) resolve();
  }
}
