import { serveTarget } from '../../app/serve-target.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { EXIT } from '../exit-codes.js';
import { abortOnInterrupt } from '../interrupt.js';
import { Progress } from '../progress.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';
import { resolveFlags } from './resolve-flags.js';

interface Flags extends Omit<RunFlags, 'workers'>, TerminalFlags {
  readonly workers?: string;
}

/** `bench serve`. */
export async function doServe(scenario: string | undefined, { workers, ...flags }: Flags): Promise<number> {
  const config = await resolveFlags(
    {
      ...flags,
      ...(scenario === undefined ? {} : { scenario }),
      ...(workers === undefined ? {} : { workers: [workers] }),
    },
    'serve',
  );
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, isLiveTerminal(flags));
  const { signal, release } = abortOnInterrupt(() => progress.end());
  try {
    await serveTarget({
      config,
      observe: progress.observe,
      signal,
      onReady(origin, pid) {
        progress.end();
        terminal.show(origin);
        terminal.note(`Process ${pid ?? 'unknown'}. Ctrl-C stops it.`);
      },
    });
    return signal.aborted ? EXIT.interrupted : EXIT.fine;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    progress.end();
    release();
  }
}
