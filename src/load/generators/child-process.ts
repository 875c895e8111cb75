import { fork, type ChildProcess } from 'node:child_process';
import { systemClock as clock } from '../../kernel/clock.js';
import type { Generator, GeneratorEvent } from '../../model/generation/generator.js';
import { Inbox } from './inbox.js';
import { inRealTime } from './real-time.js';
import type { Engine, GeneratorMessage, Order } from './messages.js';

/** From here on, what a collection of the young heap has to copy takes longer than the collection itself. */
const MANY_USERS = 200;

/**
 * Pauses of the garbage collector are the greatest part of a generator's lag, and these can be given at the
 * start of a process only: collections on the one thread, so that their helpers do not take the cores from
 * the target; a young heap large enough that it is collected every few seconds instead of every few tenths,
 * or with many users one so small that it never holds much of theirs, all of which is copied: for 2,000 users,
 * 3 ms instead of 20; no collections just because little happens, which throw away compiled code besides; an old
 * heap that is collected, in steps of a tenth of a millisecond, once it has grown by 8 MB and not by several times
 * its size; and a way to collect between cells rather than in one.
 */
function v8Flags(users: number): string[] {
  const youngMegabytes = users < MANY_USERS ? 16 : 2;
  return [
    '--single-threaded-gc',
    `--min-semi-space-size=${youngMegabytes}`,
    `--max-semi-space-size=${youngMegabytes}`,
    '--no-memory-reducer',
    '--heap-growing-percent=10',
    '--expose-gc',
  ];
}

/** For a cell that is cut short to end by itself: in the first seconds, a generator has ears for nothing. */
const STOP_LIMIT_MS = 200;

/** What a generator is made ready for. */
export interface CrewMember {
  readonly engine: Engine;
  /** How many it is to be at most. */
  readonly users: number;
  /** Whether it runs before all else on this machine. */
  readonly isRealTime: boolean;
}

/**
 * A generator in a process of its own, so that neither printing nor sampling nor another generator's
 * garbage delays a request. It is kept for all cells of a run: its code is compiled once. One that has died
 * is replaced at the next cell. `program` is the generator's file.
 */
export function childProcessGenerator(program: URL, crew: CrewMember): Generator {
  let link = new Link(program, crew);
  return {
    name: 'child-process',
    async *run(share, signal, { opens, closesEarly }) {
      if (link.isOver) link = new Link(program, crew);
      const { inbox } = link;
      const order = link.order;
      let cancelKill = (): void => {};
      const stop = (): void => {
        order({ kind: 'stop' });
        cancelKill = clock.after(STOP_LIMIT_MS, () => link.kill());
      };
      let isRunning = true;
      const orderIfRunning = (message: Order): void => {
        if (isRunning) order(message);
      };
      void opens.then((startUs) => orderIfRunning({ kind: 'start', startUs }));
      void closesEarly.then((atUs) => orderIfRunning({ kind: 'close', atUs }));
      signal.addEventListener('abort', stop, { once: true });
      try {
        order({ kind: 'run', share });
        if (signal.aborted) stop();
        for (;;) {
          const message = await inbox.take();
          if (message.kind === 'stopped' || (message.kind === 'failed' && signal.aborted)) return;
          yield message satisfies GeneratorEvent;
          if (message.kind === 'finished' || message.kind === 'failed') return;
        }
      } finally {
        isRunning = false;
        cancelKill();
        signal.removeEventListener('abort', stop);
      }
    },
    close: () => link.close(),
  };
}

/** The generators that are still running. */
const generators = new Map<ChildProcess, Promise<void>>();

/** Kills all generator processes; resolves when they are gone. */
export async function killGenerators(): Promise<void> {
  for (const child of generators.keys()) child.kill('SIGKILL');
  await Promise.all(generators.values());
}

/** One process and what it says. */
class Link {
  readonly inbox = new Inbox<GeneratorMessage>();
  isOver = false;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(program: URL, { engine, users, isRealTime }: CrewMember) {
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
    this.child = fork(program, [], {
      ...(isRealTime ? inRealTime(v8Flags(users)) : { execArgv: v8Flags(users) }),
      serialization: 'advanced',
      stdio: [...stdio],
      // A group of its own: Ctrl-C is for the harness, also before the program can say that it ignores it.
      detached: true,
    });
    this.ended = new Promise((resolve) => {
      this.child.on('message', (message) => this.inbox.put(message as GeneratorMessage));
      this.child.on('error', (error) => this.fail(error.message));
      this.child.on('exit', (code, signal) => {
        generators.delete(this.child);
        this.fail(`its process ended with ${signal === null ? `code ${code}` : signal}`);
        resolve();
      });
    });
    generators.set(this.child, this.ended);
    this.order({ kind: 'warm', engine });
  }

  readonly order = (message: Order): void => {
    // A process that has ended has reported it, or is about to.
    if (this.child.connected) this.child.send(message, () => {});
  };

  kill(): void {
    this.child.kill('SIGKILL');
  }

  /** Between cells it has nothing to finish, and while it makes itself ready it would end seconds later. */
  async close(): Promise<void> {
    this.kill();
    if (!this.isOver) await this.ended;
  }

  private fail(message: string): void {
    if (this.isOver) return;
    this.isOver = true;
    this.inbox.put({ kind: 'failed', message });
  }
}
