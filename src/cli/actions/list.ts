import { listEndpoints } from '../../app/list-endpoints.js';
import type { RunFlags } from '../../config/flag-reader.js';
import type { RunConfig } from '../../model/run-config.js';
import { renderRequests, renderOperations } from '../../report/terminal/render-operations.js';
import { shownRequest } from '../../report/shown-request.js';
import { EXIT } from '../exit-codes.js';
import { abortOnInterrupt, unlessInterrupted } from '../interrupt.js';
import { Progress } from '../progress.js';
import { Terminal, type TerminalFlags } from '../terminal.js';
import { resolveFlags } from './resolve-flags.js';

interface Flags extends RunFlags, TerminalFlags {
  readonly requests?: boolean;
}

/** `bench list`. */
export async function doList(flags: Flags): Promise<number> {
  const config = await resolveFlags(flags, 'list');
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, process.stderr.isTTY && flags.quiet !== true);
  const { signal, release } = abortOnInterrupt(() => progress.end());
  try {
    return await unlessInterrupted(signal, list(config, flags, terminal, progress, signal));
  } finally {
    progress.end();
    release();
  }
}

async function list(
  config: RunConfig,
  flags: Flags,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const operations = await listEndpoints({ config, observe: progress.observe, signal });
  progress.end();
  if (flags.json === true) {
    terminal.json(
      operations.map((prepared) => ({
        ...prepared.operation,
        ...(flags.requests === true
          ? {
              requests: prepared.blueprints.length,
              firstRequest: shownRequest(prepared),
              origins: prepared.origins,
              problems: prepared.problems,
            }
          : {}),
      })),
    );
  } else {
    terminal.show(
      flags.requests === true ? renderRequests(operations, terminal) : renderOperations(operations, terminal),
    );
  }
  return EXIT.fine;
}
