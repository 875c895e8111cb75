import { plural } from '../../kernel/format.js';
import { formatTimeLeft } from '../../kernel/units.js';
import { planRun } from '../../app/list-endpoints.js';
import { runTest, type RunResult } from '../../app/run-test.js';
import type { RunFlags } from '../../config/flag-reader.js';
import type { RunConfig } from '../../model/run-config.js';
import { renderTables } from '../../report/terminal/render-tables.js';
import type { CommandContext } from '../commands/context.js';
import { EXIT, exitCodeOf } from '../exit-codes.js';
import { abortOnInterrupt, unlessInterrupted } from '../interrupt.js';
import { Progress } from '../progress.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';
import { startWatching } from '../watch-run.js';
import { resolveFlags } from './resolve-flags.js';

interface Flags extends RunFlags, TerminalFlags {
  readonly dryRun?: boolean;
}

/** `bench run`. */
export async function doRun(flags: Flags, context: CommandContext): Promise<number> {
  const config = await resolveFlags(flags);
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, isLiveTerminal(flags));
  const watch = await startWatching({ flags, config, version: context.version }, terminal, progress);
  const { signal, release } = abortOnInterrupt(() => {
    progress.end();
    terminal.note('Stopping: finished cells are kept. Once more to stop at once.');
  });
  try {
    const options = {
      config,
      command: context.words,
      version: context.version,
      observe: watch.observe,
      signal,
    };
    if (flags.dryRun === true)
      return await unlessInterrupted(signal, dryRun(config, terminal, progress, signal));
    const result = await runTest(options);
    progress.end();
    showResult(result, terminal, flags);
    const exitCode = exitCodeOf(result.record, result.error);
    watch.finish(result, exitCode);
    return exitCode;
  } finally {
    progress.end();
    await watch.close();
    release();
  }
}

function showResult({ record, folder, error }: RunResult, terminal: Terminal, flags: Flags): void {
  if (record.cells.length > 0) terminal.show(`\n${renderTables(record.cells, terminal)}\n`);
  if (flags.json === true) terminal.json(record);
  if (error !== undefined) terminal.error(error);
  const state = record.status === 'complete' ? '' : ` (${record.status})`;
  terminal.note(`Results${state}: ${folder}`);
}

async function dryRun(
  config: RunConfig,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const cells = await planRun({ config, observe: progress.observe, signal });
  progress.end();
  const durationMs = cells.reduce((sum, cell) => sum + cell.expectedMs, 0);
  for (const cell of cells) terminal.show(cell.name);
  terminal.show(
    `${plural(cells.length, 'cell')}, about ${formatTimeLeft(durationMs)}. Nothing was sent (--dry-run).`,
  );
  return EXIT.fine;
}
