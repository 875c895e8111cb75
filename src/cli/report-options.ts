import { Option, type Command } from 'commander';
import { REPORT_VIEWS, type ReportView } from '../report/terminal/render-report.js';

export interface ReportFlags {
  /** False with --no-html. */
  readonly html?: boolean;
  readonly view?: ReportView;
  readonly format?: readonly string[];
}

export const TWIN_HELP = 'two operations side by side: LEFT=RIGHT, by operationId or METHOD /path';

/** What is made of a stored run; shared by run and plot. */
export function addReportOptions(command: Command): Command {
  return (
    command
      .optionsGroup('Reports:')
      .option('--no-html', 'no HTML report')
      .addOption(
        new Option(
          '--view <what>',
          'in the terminal: charts, table, matrix (a line for each endpoint), twins, cases or all [table, or matrix from 40 rows on]',
        ).choices(REPORT_VIEWS),
      )
      // Scripts of before have it; charts are shown only where they are asked for now.
      .addOption(new Option('--no-charts', 'no charts in the terminal, as without it').hideHelp())
      .option('--format <name...>', 'also write md, csv, locust, junit, hgrm, openmetrics, github')
  );
}
