import { Command } from 'commander';
import { addLoadOptions, addMeasuringOptions } from '../load-options.js';
import { addOutputOptions, addSelectionOptions, addTargetOptions } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench calibrate                 the embedded API under a low, a middle and a
                                  high load, in about five minutes
  bench calibrate --repeats 10    more sure of it
  bench calibrate --scenario shop.yaml --rates 100 400 --duration 10s

Without a load of its own, what the target can do is looked for first. What is
found is kept for this machine, and bench compare uses it where repeats are few.

Exit codes:
  0 calibrated · 2 wrong use · 3 a run failed · 130 interrupted, nothing kept`;

export function calibrateCommand(context: CommandContext): Command {
  const command = new Command('calibrate').description(
    'what figures vary by on this machine when nothing changes, and what changes it can find',
  );
  command
    .helpOption('-h, --help', 'print this help')
    .option('--repeats <n>', 'runs of the same, each on a fresh server [6]');
  addTargetOptions(command);
  addSelectionOptions(command);
  addLoadOptions(command);
  addMeasuringOptions(command);
  addOutputOptions(command)
    .option('--out <dir>', 'where the results of all runs go [.tmp/calibrate_DATE_TIME]')
    .addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doCalibrate } = await import('../actions/calibrate.js');
    context.exitCode = await doCalibrate(flags, context);
  });
}
