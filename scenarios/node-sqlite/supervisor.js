import cluster from 'node:cluster';
import { createDatabaseFile } from './database-file.js';
import { stopOnSignal } from './stop.js';

/**
 * Several workers: forks them, lets them listen when all are prepared, replaces those that die.
 *
 * @param {import('./options.js').Options} options
 */
export function supervise(options) {
  const env = { DATABASE_PATH: createDatabaseFile(options.databasePath) };
  /** @type {Map<number, 'preparing' | 'prepared' | 'listening' | 'failed'>} */
  const states = new Map();
  let announced = false;
  let stopping = false;

  stopOnSignal({
    close: async () => {
      stopping = true;
      await stopWorkers();
    },
    deadlineMs: 1600,
    giveUp: () => process.exit(0),
  });
  process.on('exit', killWorkers);
  cluster.on('message', (worker, /** @type {import('./worker.js').Report} */ report) => {
    states.set(worker.id, report.kind);
    if (report.kind === 'failed') fail(report.reason);
    if (report.kind === 'prepared') letListen();
    if (report.kind === 'listening') announce(report.url);
  });
  cluster.on('exit', (worker, code, signal) => {
    const state = states.get(worker.id);
    states.delete(worker.id);
    if (stopping) return;
    const death = `worker ${worker.process.pid} died (${signal ?? `exit code ${code}`})`;
    if (state !== 'listening') fail(`${death} before it was ready`);
    process.stderr.write(`node-sqlite: ${death}, starting another\n`);
    fork();
  });
  for (let i = 0; i < options.workers; i++) fork();

  function fork() {
    states.set(cluster.fork(env).id, 'preparing');
  }

  function letListen() {
    const ready = [...states.values()].every((state) => state !== 'preparing');
    if (!announced && !ready) return;
    for (const [id, state] of states) {
      if (state === 'prepared') cluster.workers?.[id]?.send('listen');
    }
  }

  async function stopWorkers() {
    await Promise.all(
      Object.values(cluster.workers ?? {}).map((worker) => {
        // One that has not begun to listen has nothing to close.
        const ready = worker !== undefined && states.get(worker.id) === 'listening';
        worker?.process.kill(ready ? 'SIGTERM' : 'SIGKILL');
        return new Promise((resolve) => worker?.once('exit', resolve));
      }),
    );
  }

  /** @param {string} url */
  function announce(url) {
    if (announced || [...states.values()].some((state) => state !== 'listening')) return;
    announced = true;
    process.stdout.write(`node-sqlite listens on ${url}, ${options.workers} workers, pid ${process.pid}\n`);
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

function killWorkers() {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGKILL');
}
