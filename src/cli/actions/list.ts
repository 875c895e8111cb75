import { listEndpoints } from '../../app/list-endpoints.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { renderRequests, renderOperations } from '../../report/terminal/render-operations.js';
import { EXIT } from '../exit-codes.js';
import { abortOnInterrupt } from '../interrupt.js';
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
    const operations = await listEndpoints({ config, observe: progress.observe, signal });
    progress.end();
    if (flags.json === true) {
      terminal.json(
        operations.map(({ operation, blueprints, origins }) => ({
          ...operation,
          ...(flags.requests === true
            ? { requests: blueprints.length, firstRequest: blueprints[0], origins }
            : {}),
        })),
      );
    } else {
      terminal.show(
        flags.requests === true
          ? renderRequests(operations, terminal)
          : renderOperations(operations, terminal),
      );
    }
    return EXIT.fine;
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    progress.end();
    release();
  }
}
