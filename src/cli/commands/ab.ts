import { Command } from 'commander';
import { ACROSS, FAIL_ON } from '../../model/results/comparison.js';
import { addLoadOptions, addMeasuringOptions } from '../load-options.js';
import { addOutputOptions, addSelectionOptions, addTargetOptions, gather } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench ab --base HEAD --command 'node server.js --port {port}' --rates 200
                                         what my changes change that are not committed
  bench ab --base origin/main --candidate HEAD --prepare 'npm ci' \\
    --command 'node server.js --port {port}' --rates 200
                                         in CI: this branch against the main one
  bench ab --base v1.4.0 --candidate v1.5.0 --scenario bench/scenario.yaml
  bench ab --base-command 'node20 app.js' --candidate-command 'node24 app.js'
  bench ab --base-url http://127.0.0.1:3000 --candidate-url http://127.0.0.1:3001
  bench ab --base-scenario sqlite.yaml --candidate-scenario postgres.yaml
  bench ab --resume .tmp/ab_20260115_120000

What is said of one side stands in place of what is said of both. A side without
a revision is the working directory as it is. Of each pair of runs (a-1 and b-1)
both sides get the same requests at the same times.

Exit codes:
  as those of bench compare; 3 also when a side cannot be run · 130 interrupted`;

/** With its options alone: what the words of an earlier one mean is read through it, too. */
export function abOptions(): Command {
  const command = new Command('ab').description(
    'two targets measured in turns, then compared: what a change has changed',
  );
  command
    .helpOption('-h, --help', 'print this help')
    .optionsGroup('Sides:')
    .option('--base <revision>', 'what is compared with: this git revision, checked out beside')
    .option('--candidate <revision>', 'what is judged [the working directory as it is]')
    .option('--prepare <command>', 'run this in each revision before (may repeat): npm ci', gather);
  for (const side of ['base', 'candidate']) {
    command
      .option(`--${side}-command <command>`, `start this as the ${side}`)
      .option(`--${side}-url <url>`, `the ${side} runs already`)
      .option(`--${side}-scenario <name|file>`, `the scenario of the ${side}`)
      .option(`--${side}-profile <name>`, `the profile of the ${side}`);
  }
  command
    .option('--repeats <n>', 'runs of each side, each on a fresh server [5]')
    .option('--resume <dir>', 'go on with one that was interrupted');
  addTargetOptions(command.optionsGroup('Target of both sides:'));
  addSelectionOptions(command);
  addLoadOptions(command);
  addMeasuringOptions(command);
  command
    .optionsGroup('Verdict:')
    .option('--across <what...>', `compare cells that differ in: ${ACROSS.join(', ')}`)
    .option('--map <old=new...>', 'operations that were renamed, by id or METHOD /path')
    .option('--fail-on <verdict>', `exit 1 from here on: ${FAIL_ON.join(', ')} [regressed]`)
    .optionsGroup('Reports:')
    .option('--html <file>', 'the HTML page [OUT/compare.html]')
    .option('--no-html', 'no HTML page')
    .option('--format <name...>', 'also write: md, junit, github');
  addOutputOptions(command)
    .option('--out <dir>', 'where the results of all runs go [.tmp/ab_DATE_TIME]')
    .option('--dry-run', 'print what would be measured and how long it takes, send no load');
  return command;
}

export function abCommand(context: CommandContext): Command {
  const command = abOptions().addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doAb } = await import('../actions/ab.js');
    context.exitCode = await doAb(flags, context);
  });
}
