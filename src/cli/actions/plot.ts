import { join } from 'node:path';
import { readReport } from '../../app/outputs/read-report.js';
import { formatsOf } from '../../config/report-flags.js';
import { twinsOf } from '../../config/read-twins.js';
import { objectivesOf } from '../../config/resolve-objectives.js';
import { EXIT, exitCodeOfObjectives } from '../exit-codes.js';
import type { ReportFlags } from '../report-options.js';
import { Terminal, type TerminalFlags } from '../terminal.js';
import { chooseCell } from './choose-cell.js';
import { announceReports, REPORT_FILE, showCell, showReport } from './show-report.js';

interface Flags extends ReportFlags, TerminalFlags {
  readonly dir?: string;
  readonly cell?: string;
  readonly output?: string;
  readonly slo?: string[];
  readonly strict?: boolean;
  readonly twin?: string[];
}

/** `bench plot`. */
export async function doPlot(folder: string | undefined, flags: Flags): Promise<number> {
  const formats = formatsOf(flags.format, 'plot');
  const terminal = new Terminal(flags);
  const report = await readReport(folder, flags.dir, {
    objectivesFor: (figures) => objectivesOf(flags.slo, flags.strict, figures),
    twins: twinsOf(flags.twin),
  });
  const cell = flags.cell === undefined ? null : chooseCell(report, flags.cell);
  if (flags.quiet !== true) {
    if (cell) showCell(report, cell, terminal);
    else showReport(report, terminal, flags);
  }
  const html = flags.html === false ? null : (flags.output ?? join(report.folder, REPORT_FILE));
  await announceReports(report, { html, formats }, terminal);
  // Its own were judged when it ran.
  if (flags.slo === undefined) return EXIT.fine;
  // Nothing was measured, so nothing can pass.
  if (report.cells.length === 0) return EXIT.notValid;
  return exitCodeOfObjectives(report.analysis.objectives, flags.strict === true);
}
