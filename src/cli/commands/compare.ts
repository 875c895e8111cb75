import { Command } from 'commander';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench compare before after              tables, and after/compare.html
  bench compare before after --format md junit   also after/compare.md and after/compare-junit.xml
  bench compare before after --output .   both files here
  bench compare before after --json --no-html > changes.json

Exit codes:
  0 compared · 2 wrong use · 3 a file could not be written`;

export function compareCommand(context: CommandContext): Command {
  const command = new Command('compare').description('two stored runs side by side: what has changed');
  command
    .helpOption('-h, --help', 'print this help')
    .argument('<base>', 'results directory of the run before')
    .argument('<candidate>', 'results directory of the run after')
    .optionsGroup('Reports:')
    .option('--html <file>', 'the HTML page [CANDIDATE/compare.html]')
    .option('--no-html', 'no HTML page')
    .option('--format <name...>', 'also write: md, junit, github')
    .option('--output <dir>', 'folder for what is written [CANDIDATE]')
    .optionsGroup('Output:')
    .option('--json', 'the comparison as one object on stdout; tables go to stderr')
    .option('--quiet', 'no tables, only the files')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .addHelpText('after', EXAMPLES);
  return command.action(async (base: string, candidate: string, flags: Record<string, unknown>) => {
    const { doCompare } = await import('../actions/compare.js');
    context.exitCode = await doCompare(base, candidate, flags);
  });
}
