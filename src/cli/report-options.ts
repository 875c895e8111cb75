import type { Command } from 'commander';

export interface ReportFlags {
  /** False with --no-html. */
  readonly html?: boolean;
  /** False with --no-charts. */
  readonly charts?: boolean;
  readonly format?: readonly string[];
}

/** What is made of a stored run; shared by run and plot. */
export function addReportOptions(command: Command): Command {
  return command
    .optionsGroup('Reports:')
    .option('--no-html', 'no HTML report')
    .option('--no-charts', 'no charts in the terminal')
    .option('--format <name...>', 'also write md, csv, locust, junit, hgrm, openmetrics, github');
}
