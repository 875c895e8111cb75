import cluster from 'node:cluster';
import { readOptions } from './options.js';
import { explain } from './failure.js';

const options = readOptions(process.argv.slice(2), process.env);

// Loaded on demand: a primary that only supervises needs neither the framework nor the pool.
const role = cluster.isWorker
  ? import('./worker.js').then(({ serveAsWorker }) => serveAsWorker(options))
  : options.workers === 1
    ? import('./alone.js').then(({ serveAlone }) => serveAlone(options))
    : import('./supervisor.js').then(({ supervise }) => supervise(options));

role.catch((error) => {
  process.stderr.write(`node-sqlite: ${explain(error, options)}\n`);
  process.exit(1);
});
