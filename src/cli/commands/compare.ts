import { Command } from 'commander';
import { ACROSS, FAIL_ON } from '../../model/results/comparison.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
BASE and CANDIDATE are each a results directory, a folder of them, or a pattern
such as '.tmp/before_*': all runs of a side are repeats of one another.

Examples:
  bench compare before after            verdicts, tables, after/compare.html
  bench compare --base a1 a2 a3 --candidate b1 b2 b3
  bench compare before after --across workers
  bench compare before after --map 'GET /items=GET /v2/items'
  bench compare before after --fail-on never --format md junit
  bench compare before after --json --no-html > changes.json

Exit codes:
  0 compared, nothing to fail on · 1 a cell regressed (or what --fail-on says) ·
  2 wrong use · 3 a file could not be written · 4 a cell could not be judged`;

export function compareCommand(context: CommandContext): Command {
  const command = new Command('compare').description(
    'stored runs side by side, with a verdict on what has changed',
  );
  command
    .helpOption('-h, --help', 'print this help')
    .argument('[base]', 'the run before, or several')
    .argument('[candidate]', 'the run after, or several')
    .optionsGroup('Runs:')
    .option('--base <dir...>', 'the runs before, in place of BASE')
    .option('--candidate <dir...>', 'the runs after, in place of CANDIDATE')
    .option('--across <what...>', `compare cells that differ in: ${ACROSS.join(', ')}`)
    .option('--map <old=new...>', 'operations that were renamed, by id or METHOD /path')
    .optionsGroup('Verdict:')
    .option('--fail-on <verdict>', `exit 1 from here on: ${FAIL_ON.join(', ')} [regressed]`)
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
  return command.action(
    async (base: string | undefined, candidate: string | undefined, flags: Record<string, unknown>) => {
      const { doCompare } = await import('../actions/compare.js');
      context.exitCode = await doCompare(base, candidate, flags);
    },
  );
}
