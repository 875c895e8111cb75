import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FamilySigns } from './process-family.js';
import type { StopOrder } from './end-family.js';

/** What is to be done when the supervisor is gone without having ended its program. */
export interface LastOrder {
  readonly signs: FamilySigns;
  readonly stop: StopOrder;
  /** While it lives, the scratch folder is in use. */
  readonly harness: number;
  readonly scratch: string | undefined;
}

/** Holds a `LastOrder` as JSON. */
export const ORDER_VARIABLE = 'OPENAPI_BENCH_LAST_ORDER';

/** Keeps the last line of its input; at its end carries it out, unless it says that all is over. */
const SCRIPT = `last=over; while IFS= read -r line; do last=$line; done; [ "$last" = over ] || ${ORDER_VARIABLE}=$last exec "$0" "$1"`;

/**
 * The second watcher of a target, for the case that the harness and the supervisor are both killed. A shell that waits
 * on a pipe, since that costs next to nothing beside a measured target; it becomes a Node program when it is needed.
 */
export class Guard {
  private readonly shell: ChildProcess;

  /** `program` carries out the order in its environment. */
  constructor(program: URL) {
    this.shell = spawn('/bin/sh', ['-c', SCRIPT, process.execPath, fileURLToPath(program)], {
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true, // out of reach of Ctrl-C
    });
    // Without it one watcher is left, as where there is no /bin/sh.
    this.shell.on('error', () => {});
    this.shell.stdin?.on('error', () => {});
  }

  get pid(): number | undefined {
    return this.shell.pid;
  }

  tell(order: LastOrder): void {
    this.shell.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** Nothing is left to do; resolves when the shell has gone. */
  async dismiss(): Promise<void> {
    const { pid, exitCode, signalCode, stdin } = this.shell;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const gone = once(this.shell, 'exit');
    stdin?.end('over\n');
    await gone;
  }
}
