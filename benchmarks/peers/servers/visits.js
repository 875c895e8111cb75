/*
 * A server that answers at once, and notes for each connection when its first request came, and how long the other
 * side took from each answer to the next request. Its parent orders `reset` before a trial and `summary` after it.
 */
import { performance } from 'node:perf_hooks';
import { ANSWER, serve, spin, tell } from './http.js';

/** @type {Map<import('node:net').Socket, import('../servers.js').Visit & { answeredMs: number }>} */
let visits = new Map();
let isMeasuring = false;

serve((socket) => {
  const nowMs = performance.now();
  const visit = visits.get(socket);
  if (visit) visit.thoughts.push({ fromMs: visit.answeredMs, ms: nowMs - visit.answeredMs });
  socket.write(ANSWER);
  const answeredMs = performance.now();
  if (visit) visit.answeredMs = answeredMs;
  else visits.set(socket, { firstMs: nowMs, thoughts: [], answeredMs });
});

process.on('message', (/** @type {import('../servers.js').Order} */ order) => {
  switch (order.kind) {
    case 'reset':
      globalThis.gc?.();
      visits = new Map();
      isMeasuring = true;
      spin(() => isMeasuring);
      tell({ kind: 'reset' });
      break;
    case 'count': {
      const all = [...visits.values()];
      tell({ kind: 'count', count: all.reduce((sum, { thoughts }) => sum + thoughts.length + 1, 0) });
      break;
    }
    case 'summary':
      isMeasuring = false;
      tell({ kind: 'visits', visits: [...visits.values()] });
      break;
  }
});
