import { Command } from 'commander';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench history .tmp                       all runs in .tmp
  bench history 'runs/2026-*'              these runs
  bench history runs --figure p99 --min-magnitude 10%
  bench history runs --fail-on regressed   for CI: 1 where something got worse
  bench history runs --json --no-html > history.json

Exit codes:
  0 no regression, or not asked · 1 --fail-on regressed, and a figure has
  regressed among the newest runs, by more than chance · 2 wrong use · 3 a file
  could not be written`;

export function historyCommand(context: CommandContext): Command {
  const command = new Command('history').description(
    'many stored runs: what changed when, and at which commit',
  );
  command
    .helpOption('-h, --help', 'print this help')
    .argument('<dir...>', 'results directories, folders of them, or patterns')
    .optionsGroup('Change points:')
    .option('--figure <name...>', 'figures to look at [those of bench compare]')
    .option('--min-magnitude <percent>', 'smaller changes are none [5%; of success at most 1%]')
    .option('--recent <n>', 'the newest runs, whose change points count for the verdict [10]')
    .option('--fail-on <verdict>', 'regressed: exit code 1 where a figure has regressed')
    .optionsGroup('Reports:')
    .option('--html <file>', 'the HTML page [history.html beside the results of the newest run]')
    .option('--no-html', 'no HTML page')
    .option('--format <name...>', 'also write: md')
    .option('--output <dir>', 'folder for what is written [that of the newest run]')
    .optionsGroup('Output:')
    .option('--json', 'the history as one object on stdout; tables go to stderr')
    .option('--quiet', 'no tables, only the files')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .addHelpText('after', EXAMPLES);
  return command.action(async (paths: string[], flags: Record<string, unknown>) => {
    const { doHistory } = await import('../actions/history.js');
    context.exitCode = await doHistory(paths, flags);
  });
}
