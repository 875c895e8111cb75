import { Command } from 'commander';
import { addOutputOptions } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench scenarios          those shipped, and those in ./scenarios
  bench scenarios --json`;

export function scenariosCommand(context: CommandContext): Command {
  const command = new Command('scenarios').description(
    'the shipped and local scenarios: what each needs, has here, and how long it takes',
  );
  command.helpOption('-h, --help', 'print this help');
  addOutputOptions(command).addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doScenarios } = await import('../actions/scenarios.js');
    context.exitCode = await doScenarios(flags);
  });
}
