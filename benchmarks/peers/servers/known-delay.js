/*
 * A server that answers each request 2 ms, or the milliseconds that are its argument, after it arrived, and keeps the true times from arrival to answer.
 * It never sleeps: a timer would be exact to a millisecond only.
 */
import { performance } from 'node:perf_hooks';
import { quantile } from '../statistics.js';
import { ANSWER, serve, spin, tell } from './http.js';

const DELAY_MS = Number(process.argv[2] ?? 2);

/** @type {{ socket: import('node:net').Socket, arrivedMs: number }[]} */
let waiting = [];
/** @type {number[]} */
let tookMs = [];
let isMeasuring = false;

serve((socket) => {
  waiting.push({ socket, arrivedMs: performance.now() });
});

process.on('message', (/** @type {import('../servers.js').Order} */ order) => {
  switch (order.kind) {
    case 'reset':
      globalThis.gc?.();
      waiting = [];
      tookMs = [];
      isMeasuring = true;
      spin(answerDue);
      tell({ kind: 'reset' });
      break;
    case 'count':
      tell({ kind: 'count', count: tookMs.length });
      break;
    case 'summary': {
      isMeasuring = false;
      const sorted = Float64Array.from(tookMs).sort();
      tell({
        kind: 'delays',
        count: sorted.length,
        p50Ms: quantile(sorted, 0.5),
        p99Ms: quantile(sorted, 0.99),
      });
      break;
    }
  }
});

function answerDue() {
  for (let first = waiting[0]; first; first = waiting[0]) {
    if (performance.now() - first.arrivedMs < DELAY_MS) break;
    waiting.shift();
    first.socket.write(ANSWER);
    tookMs.push(performance.now() - first.arrivedMs);
  }
  return isMeasuring;
}
