import { parentPort } from 'node:worker_threads';
import { reasonOf } from '../kernel/errors.js';
import type { Order, Report } from '../load/generators/worker-messages.js';
import { generate } from './generate.js';

/** The program of a load thread: makes one share at a time. */
const port = parentPort;
if (!port) throw new Error('load-worker runs as a worker thread only');

const report = (message: Report): void => port.postMessage(message);
let current: AbortController | undefined;

port.on('message', (order: Order) => {
  if (order.kind === 'stop') {
    current?.abort();
    return;
  }
  const stopper = new AbortController();
  current = stopper;
  generate(order.share, report, stopper.signal).then(
    () => {
      if (stopper.signal.aborted) report({ kind: 'stopped' });
    },
    (error: unknown) => report({ kind: 'failed', message: reasonOf(error) }),
  );
});
