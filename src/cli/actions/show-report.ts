import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { plural } from '../../kernel/format.js';
import { writeReports, type ReportsWanted } from '../../app/outputs/write-reports.js';
import type { Report, ReportCell } from '../../model/report/report.js';
import { renderCell } from '../../report/terminal/charts/render-cell.js';
import { renderReport } from '../../report/terminal/render-report.js';
import { programWords } from '../program-words.js';
import type { ReportFlags } from '../report-options.js';
import type { Terminal } from '../terminal.js';

/** The HTML report in a results directory. */
export const REPORT_FILE = 'report.html';

/** A stored run, down to its conclusion. */
export function showReport(report: Report, terminal: Terminal, { view }: ReportFlags): void {
  for (const remark of report.remarks) terminal.note(terminal.paint.yellow(remark));
  if (report.cells.length === 0) return;
  const { width, color, unicode } = terminal;
  const program = programWords(process.argv[1] ?? '', process.env);
  terminal.show(`\n${renderReport(report, { width, color, unicode, view, program })}\n`);
}

/** One cell of a stored run in full. */
export function showCell(report: Report, cell: ReportCell, terminal: Terminal): void {
  for (const remark of report.remarks) terminal.note(terminal.paint.yellow(remark));
  terminal.show(`\n${renderCell(cell, terminal)}\n`);
}

/** Writes the files that are wanted and says where they are. */
export async function announceReports(
  report: Report,
  wanted: ReportsWanted,
  terminal: Terminal,
): Promise<void> {
  // GitHub names the file for the summary of a job's step.
  const githubSummary = process.env['GITHUB_STEP_SUMMARY'] || undefined;
  const written = await writeReports(report, { ...wanted, githubSummary });
  for (const line of written.annotations) terminal.command(line);
  for (const line of briefly(written.files)) terminal.note(`Written: ${line}`);
  // A URL, so that terminals make a link of it.
  if (written.html !== null) terminal.note(`Report: ${pathToFileURL(written.html).href}`);
}

const MOST_OF_A_KIND = 3;

/** Files with the same extension in one line when they are many, as one a cell is. */
function briefly(files: readonly string[]): string[] {
  const kindOf = (file: string): string => join(dirname(file), `*${extname(file)}`);
  return [...new Set(files.map(kindOf))].flatMap((kind) => {
    const members = files.filter((file) => kindOf(file) === kind);
    return members.length <= MOST_OF_A_KIND ? members : `${kind} (${plural(members.length, 'file')})`;
  });
}
