import { Command } from 'commander';
import { addReportOptions, TWIN_HELP } from '../report-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench plot                               the newest run in .tmp
  bench plot .tmp/bench_20260115_120000    that run
  bench plot --view charts                 its charts in place of the table
  bench plot --cell get_item_1000          one cell, second by second
  bench plot --format md csv junit         files for others, beside the results
  bench plot --output /tmp/report.html     the HTML report somewhere else`;

export function plotCommand(context: CommandContext): Command {
  const command = new Command('plot').description('figures, verdict and the HTML report of a stored run');
  command
    .helpOption('-h, --help', 'print this help')
    .argument('[dir]', 'results directory [the newest one]')
    .optionsGroup('Run:')
    .option('--dir <dir>', 'where to look for the newest run [.tmp]')
    .option('--cell <id>', 'one cell: its seconds and its distribution')
    .option(
      '--slo <objective...>',
      "hold it against these: 'p95 < 300ms'; exit code 1 where one is missed [its own]",
    )
    .option('--strict', 'with --slo, exit code 1 also for an objective that cannot be decided')
    .option('--twin <pair...>', TWIN_HELP);
  addReportOptions(command)
    .option('--output <file>', 'file of the HTML report [DIR/report.html]')
    .option('--quiet', 'no figures and no verdict, only the files')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .addHelpText('after', EXAMPLES);
  return command.action(async (folder: string | undefined, flags: Record<string, unknown>) => {
    const { doPlot } = await import('../actions/plot.js');
    context.exitCode = await doPlot(folder, flags);
  });
}
