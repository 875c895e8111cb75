import cluster from 'node:cluster';
import { explain } from './ending.js';
import { readOptions } from './options.js';

const options = readOptions(process.argv.slice(2), process.env);

// Loaded on demand: a primary that only supervises needs neither the framework nor the pool.
const role =
  options.workers > 1 && cluster.isPrimary
    ? import('./supervisor.js').then(({ supervise }) => supervise(options))
    : import('./worker.js').then(({ serveAlone, serveAsWorker }) =>
        cluster.isWorker ? serveAsWorker(options) : serveAlone(options),
      );

role.catch((/** @type {unknown} */ error) => {
  process.stderr.write(`node-sqlite: ${explain(error, options)}\n`);
  process.exit(1);
});
