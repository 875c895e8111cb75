import { endAtOnce } from '../app/target/end-at-once.js';
import { sweepNow } from '../target/processes/sweeper.js';
import { sleep, systemClock as clock } from '../kernel/clock.js';
import { EXIT } from './exit-codes.js';
import { answerInterrupts, exitInterrupted } from './signals.js';
import type { Terminal } from './terminal.js';

/**
 * npm and npx pass Ctrl-C on to a program that the terminal has sent it to already: what follows within
 * this time is the same wish, not a second one.
 */
const SAME_WISH_MS = 80;

/** Once all that was started is dead, the record of the run is written in a moment. */
const RECORD_LIMIT_MS = 1000;

interface Watched {
  readonly terminal: Terminal;
  /** Makes room on the terminal for the news. */
  readonly clear: () => void;
  /** Said when the work is asked to stop. */
  readonly news?: string;
}

/**
 * Does work that can be interrupted; resolves to its exit code, or to that of an interrupt. The first Ctrl-C (or
 * SIGTERM, SIGHUP) aborts the signal, the second kills all that was started. After the work, one ends the process.
 */
export async function interruptible(
  { terminal, clear, news = 'Stopping. Once more to stop at once.' }: Watched,
  work: (signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const interrupts = new Interrupts(() => {
    clear();
    terminal.note(news);
  });
  const { signal } = interrupts;
  try {
    const code = await work(signal);
    return signal.aborted ? EXIT.interrupted : code;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    clear();
    interrupts.workIsOver();
  }
}

class Interrupts {
  private readonly stopper = new AbortController();
  private isOver = false;
  private markOver = (): void => {};
  private readonly over = new Promise<void>((resolve) => {
    this.markOver = resolve;
  });
  private firstUs = -Infinity;

  constructor(private readonly onFirst: () => void) {
    answerInterrupts(() => this.answer());
  }

  get signal(): AbortSignal {
    return this.stopper.signal;
  }

  workIsOver(): void {
    this.isOver = true;
    this.markOver();
  }

  private answer(): void {
    const nowUs = clock.nowUs();
    if (nowUs - this.firstUs < SAME_WISH_MS * 1000) return;
    if (this.isOver) exitInterrupted();
    else if (this.signal.aborted) void this.endNow();
    else {
      this.firstUs = nowUs;
      this.onFirst();
      this.stopper.abort(new Error('interrupted'));
    }
  }

  /** The prompt comes back only when everything of ours is gone, and no record says that the run still goes on. */
  private async endNow(): Promise<void> {
    await endAtOnce();
    await Promise.race([this.over, sleep(clock, RECORD_LIMIT_MS)]);
    await sweepNow();
    exitInterrupted();
  }
}
