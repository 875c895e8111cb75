import { Worker } from 'node:worker_threads';
import type { Generator, GeneratorEvent } from '../../model/generator.js';
import type { Order, Report } from './worker-messages.js';

/**
 * A generator in a thread of its own, so that printing and sampling never delay a request. The thread
 * is kept for all cells of a run: its code is compiled once. `program` is the load worker's file.
 */
export function workerThreadGenerator(program: URL): Generator {
  const worker = new Worker(program);
  let death: Error | undefined;
  let listener: ((event: Report) => void) | undefined;
  const fail = (error: Error): void => {
    death = error;
    listener?.({ kind: 'failed', message: error.message });
  };
  worker.on('message', (report: Report) => listener?.(report));
  worker.on('error', (error) => fail(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => fail(death ?? new Error(`the load thread ended with code ${code}`)));
  const order = (message: Order): void => worker.postMessage(message);

  return {
    name: 'worker-thread',
    async *run(share, signal) {
      if (death) throw death;
      const inbox = new Inbox();
      listener = (report) => inbox.put(report);
      const stop = (): void => order({ kind: 'stop' });
      signal.addEventListener('abort', stop, { once: true });
      try {
        order({ kind: 'run', share });
        if (signal.aborted) stop();
        for (;;) {
          const report = await inbox.take();
          if (report.kind === 'stopped') return;
          yield report satisfies GeneratorEvent;
          if (report.kind === 'finished' || report.kind === 'failed') return;
        }
      } finally {
        signal.removeEventListener('abort', stop);
        listener = undefined;
      }
    },
    async close() {
      worker.removeAllListeners();
      await worker.terminate();
    },
  };
}

/** Messages in the order of their arrival, for one reader. */
class Inbox {
  private readonly reports: Report[] = [];
  private wake = (): void => {};

  put(report: Report): void {
    this.reports.push(report);
    this.wake();
  }

  async take(): Promise<Report> {
    while (this.reports.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.reports.shift() as Report;
  }
}
