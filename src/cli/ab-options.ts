import { Command } from 'commander';
import { ACROSS, FAIL_ON } from '../model/results/comparison.js';
import { addLoadOptions, addMeasuringOptions } from './load-options.js';
import { addOutputOptions, addSelectionOptions, addTargetOptions, gather } from './target-options.js';

/** `bench ab` with its options alone: through them the words of an earlier one are read, too. */
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
  addTargetOptions(command);
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
