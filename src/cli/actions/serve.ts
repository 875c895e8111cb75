import { serveTarget } from '../../app/inspect/serve-target.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
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
  const clear = (): void => progress.end();
  return interruptible({ terminal, clear }, async (signal) => {
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
    return EXIT.fine;
  });
}
