import { join } from 'node:path';
import { plural } from '../../kernel/format.js';
import { formatTimeLeft } from '../../kernel/units.js';
import { readReport } from '../../app/read-report.js';
import { planRun } from '../../app/list-endpoints.js';
import { runTest, type RunResult } from '../../app/run-test.js';
import type { RunFlags } from '../../config/flag-reader.js';
import type { RunConfig } from '../../model/run-config.js';
import type { CommandContext } from '../commands/context.js';
import { EXIT, exitCodeOf } from '../exit-codes.js';
import { abortOnInterrupt, unlessInterrupted } from '../interrupt.js';
import { Progress } from '../progress.js';
import { Terminal, type TerminalFlags } from '../terminal.js';
import type { ReportFlags } from '../report-options.js';
import { resolveFlags } from './resolve-flags.js';
import { announceReports, REPORT_FILE, showReport } from './show-report.js';

interface Flags extends RunFlags, TerminalFlags, Omit<ReportFlags, 'format'> {
  readonly dryRun?: boolean;
}

/** `bench run`. */
export async function doRun(flags: Flags, context: CommandContext): Promise<number> {
  const config = await resolveFlags(flags);
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, process.stderr.isTTY && flags.quiet !== true);
  const { signal, release } = abortOnInterrupt(() => {
    progress.end();
    terminal.note('Stopping: finished cells are kept. Once more to stop at once.');
  });
  try {
    const options = {
      config,
      command: context.words,
      version: context.version,
      observe: progress.observe,
      signal,
    };
    if (flags.dryRun === true)
      return await unlessInterrupted(signal, dryRun(config, terminal, progress, signal));
    const result = await runTest(options);
    progress.end();
    await showResult(result, config, terminal, flags);
    return exitCodeOf(result.record, result.error);
  } finally {
    progress.end();
    release();
  }
}

async function showResult(
  { record, folder, error }: RunResult,
  { formats }: RunConfig,
  terminal: Terminal,
  flags: Flags,
): Promise<void> {
  // From the disk, as bench plot does: what can be seen now can be seen again.
  const report = await readReport(folder);
  if (record.cells.length > 0) showReport(report, terminal, flags);
  if (flags.json === true) terminal.json(record);
  if (error !== undefined) terminal.error(error);
  const state = record.status === 'complete' ? '' : ` (${record.status})`;
  terminal.note(`Results${state}: ${folder}`);
  if (record.cells.length === 0) return;
  const html = flags.html === false ? null : join(folder, REPORT_FILE);
  await announceReports(report, { html, formats }, terminal);
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
