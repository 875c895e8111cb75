import cluster from 'node:cluster';
import { createDatabaseFile } from './database.js';
import { stopOnSignal } from './ending.js';

/**
 * Several workers: forks them, lets them listen when all are prepared, replaces those that die.
 *
 * @param {import('./options.js').Options} options
 */
export function supervise(options) {
  /** @type {Map<import('node:cluster').Worker, 'preparing' | 'prepared' | 'listening'>} */
  const workers = new Map();
  let announced = false;
  let stopping = false;

  // Before the file is made: on exit the workers go first, then the file that they have open.
  process.on('exit', () => {
    for (const worker of workers.keys()) worker.process.kill('SIGKILL');
  });
  const env = { DATABASE_PATH: createDatabaseFile(options.databasePath) };
  stopOnSignal({ close: stopWorkers, deadlineMs: 1600, giveUp: () => process.exit(0) });
  cluster.on('message', (worker, /** @type {import('./worker.js').Report} */ report) => {
    if (report.kind === 'failed') fail(report.reason);
    workers.set(worker, report.kind);
    if (report.kind === 'prepared') letListen();
    if (report.kind === 'listening') announce(report.url);
  });
  cluster.on('exit', (worker, code, signal) => {
    const state = workers.get(worker);
    workers.delete(worker);
    if (stopping) return;
    const death = `worker ${worker.process.pid} died (${signal || `exit code ${code}`})`;
    if (state !== 'listening') fail(`${death} before it was ready`);
    process.stderr.write(`node-sqlite: ${death}, starting another\n`);
    fork();
  });
  for (let i = 0; i < options.workers; i++) fork();

  function fork() {
    workers.set(cluster.fork(env), 'preparing');
  }

  function letListen() {
    if (!announced && [...workers.values()].includes('preparing')) return;
    for (const [worker, state] of workers) {
      if (state === 'prepared') worker.send('listen');
    }
  }

  /** @param {string} url */
  function announce(url) {
    if (announced || [...workers.values()].some((state) => state !== 'listening')) return;
    announced = true;
    process.stdout.write(`node-sqlite listens on ${url}, ${options.workers} workers, pid ${process.pid}\n`);
  }

  async function stopWorkers() {
    stopping = true;
    const exits = [...workers].map(([worker, state]) => {
      // One that has not begun to listen has nothing to close.
      worker.process.kill(state === 'listening' ? 'SIGTERM' : 'SIGKILL');
      return new Promise((resolve) => worker.once('exit', resolve));
    });
    await Promise.all(exits);
  }
}

/**
 * @param {string} reason
 * @returns {never}
 */
function fail(reason) {
  process.stderr.write(`node-sqlite: ${reason}\n`);
  process.exit(1);
}
