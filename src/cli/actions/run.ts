import { join } from 'node:path';
import { readReport } from '../../app/outputs/read-report.js';
import { planRun } from '../../app/inspect/list-operations.js';
import { runTest } from '../../app/run/run-test.js';
import type { RunResult } from '../../app/run/run-result.js';
import type { RunFlags } from '../../config/flag-reader.js';
import type { Report } from '../../model/report/report.js';
import type { RunConfig } from '../../model/config/run-config.js';
import type { CommandContext } from '../commands/context.js';
import { quoted } from '../../model/objectives/quoted.js';
import { EXIT, exitCodeOf, exitCodeOfError, heaviest } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
import { planLine, Progress } from '../progress.js';
import type { ReportFlags } from '../report-options.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';
import { startWatching } from '../watch-run.js';
import { resolveFlags } from './resolve-flags.js';
import { announceReports, REPORT_FILE, showReport } from './show-report.js';

interface Flags extends RunFlags, TerminalFlags, Omit<ReportFlags, 'format'> {
  readonly dryRun?: boolean;
}

const STOPPING = 'Stopping: finished cells are kept. Once more to stop at once.';

/** `bench run`. */
export async function doRun(flags: Flags, context: CommandContext): Promise<number> {
  const config = await resolveFlags(flags);
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, isLiveTerminal(flags));
  const watch = await startWatching({ flags, config, version: context.version }, terminal, progress);
  const clear = (): void => progress.end();
  try {
    if (flags.dryRun === true)
      return await interruptible({ terminal, clear }, (signal) => dryRun(config, terminal, progress, signal));
    const run: { result?: RunResult } = {};
    const ended = await interruptible({ terminal, clear, news: STOPPING }, async (signal) => {
      const { words, version } = context;
      run.result = await runTest({ config, command: words, version, observe: watch.observe, signal });
      return exitCodeOf(run.result.record, run.result.error, config.strict);
    });
    // Interrupted before there was a results directory.
    if (run.result === undefined) return ended;
    const exitCode = heaviest(ended, await showResult(run.result, config, terminal, flags));
    watch.finish(run.result, exitCode);
    return exitCode;
  } finally {
    await watch.close();
  }
}

/** Resolves to the exit code of the reports alone: the run's own result stands whatever becomes of them. */
async function showResult(
  { record, folder, error }: RunResult,
  { formats }: RunConfig,
  terminal: Terminal,
  flags: Flags,
): Promise<number> {
  if (flags.json === true) terminal.json(record);
  const state = record.status === 'complete' ? '' : ` (${record.status})`;
  const results = `Results${state}: ${folder}`;
  const attempt = async (work: () => Promise<void>): Promise<number> => {
    try {
      await work();
      return EXIT.fine;
    } catch (failure) {
      terminal.error(failure);
      return exitCodeOfError(failure);
    }
  };
  let report: Report | undefined;
  const shown = await attempt(async () => {
    if (record.cells.length === 0) return;
    // From the disk, as bench plot does: what can be seen now can be seen again.
    report = await readReport(folder);
    showReport(report, terminal, flags);
  });
  if (error !== undefined) terminal.error(error);
  terminal.note(results);
  const written = await attempt(async () => {
    const html = flags.html === false ? null : join(folder, REPORT_FILE);
    if (report) await announceReports(report, { html, formats }, terminal);
  });
  return heaviest(shown, written);
}

async function dryRun(
  config: RunConfig,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const { cells, durationMs, mostMs } = await planRun({ config, observe: progress.observe, signal });
  progress.end();
  if (config.profile !== null) terminal.show(`Profile ${config.profile}:`);
  for (const cell of cells) terminal.show(cell.name);
  for (const { text } of config.objectives) terminal.show(`Objective: ${quoted(text)}`);
  terminal.show(`${planLine(cells.length, durationMs, mostMs)}. Nothing was sent (--dry-run).`);
  return EXIT.fine;
}
