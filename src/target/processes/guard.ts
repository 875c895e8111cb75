import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FamilySigns } from './process-family.js';
import type { StopOrder } from './end-family.js';

/** What to do when the supervisor dies before it has ended its program. */
export interface LastOrder {
  readonly signs: FamilySigns;
  readonly stop: StopOrder;
  /** While this process lives, it uses the scratch folder. */
  readonly harness: number;
  readonly scratch: string | undefined;
  /** Control groups to be removed once nothing is left in them. */
  readonly groups: readonly string[];
}

/** Holds a `LastOrder` as JSON. */
export const ORDER_VARIABLE = 'OPENAPI_BENCH_LAST_ORDER';

/** Remembers the last line of its input. When the input ends, passes it on, unless that line says that all is over. */
const SCRIPT = `last=over; while IFS= read -r line; do last=$line; done; [ "$last" = over ] || ${ORDER_VARIABLE}=$last exec "$0" "$1"`;

/**
 * The second watcher of a target, in case both the harness and the supervisor are killed. It is a shell that waits on a
 * pipe, which costs next to nothing beside a measured target, and becomes a Node program only when it is needed.
 */
export class Guard {
  private readonly shell: ChildProcess;

  /** `program` carries out the order that it finds in its environment. */
  constructor(program: URL) {
    this.shell = spawn('/bin/sh', ['-c', SCRIPT, process.execPath, fileURLToPath(program)], {
      cwd: '/',
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true, // out of reach of Ctrl-C
    });
    // Without a /bin/sh the supervisor is the only watcher.
    this.shell.on('error', () => {});
    this.shell.stdin?.on('error', () => {});
  }

  get pid(): number | undefined {
    return this.shell.pid;
  }

  tell(order: LastOrder): void {
    this.shell.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** To be called when the target has ended; resolves when the shell is gone. */
  async dismiss(): Promise<void> {
    const { pid, exitCode, signalCode, stdin } = this.shell;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    const gone = once(this.shell, 'exit');
    stdin?.end('over\n');
    await gone;
  }
}
