import { Command } from 'commander';
import { addOutputOptions } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench doctor                      what this machine can measure, in about a minute
  bench doctor --threads 1 --pacing relaxed
  bench doctor --json > doctor.json

Exit codes:
  0 fit · 4 this machine cannot send 1000 requests/s in time · 130 interrupted`;

export function doctorCommand(context: CommandContext): Command {
  const command = new Command('doctor').description(
    "this machine's fitness: its limits, the engine's own lag, the highest rate it can send in time",
  );
  command.helpOption('-h, --help', 'print this help');
  command
    .optionsGroup('Engine:')
    .option('--threads <n...>', 'thread counts to try [1, 2, and one less than there are cores]')
    .option('--pacing <mode...>', 'precise, relaxed [both]');
  addOutputOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doDoctor } = await import('../actions/doctor.js');
    context.exitCode = await doDoctor(flags, context);
  });
}
