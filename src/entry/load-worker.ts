import { parentPort } from 'node:worker_threads';
import { reasonOf } from '../kernel/errors.js';
import { generatorShareSchema } from '../model/generator.js';
import type { Order, Report } from '../load/generators/worker-messages.js';
import { threadAlarm } from '../load/pacers/thread-alarm.js';
import { generate } from './generate.js';
import { warmEngine } from './warm-engine.js';

/** The program of a load thread: makes one share at a time. */
const port = parentPort;
if (!port) throw new Error('load-worker runs as a worker thread only');

const report = (message: Report): void => port.postMessage(message);
/** One for the thread: it has the same work in every cell. */
const alarm = threadAlarm(new URL('alarm-thread.js', import.meta.url));
/** While the target starts. */
const warm = warmEngine(alarm);
let current: AbortController | undefined;

port.on('message', (order: Order) => {
  if (order.kind === 'stop') {
    current?.abort();
    return;
  }
  const stopper = new AbortController();
  current = stopper;
  const share = generatorShareSchema.parse(order.share);
  warm
    .then(() => generate(share, report, stopper.signal, alarm))
    .then(() => {
      if (stopper.signal.aborted) report({ kind: 'stopped' });
    })
    .catch((error: unknown) => report({ kind: 'failed', message: reasonOf(error) }));
});
