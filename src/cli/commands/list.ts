import { Command } from 'commander';
import { addOutputOptions, addSelectionOptions, addTargetOptions } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench list                               the endpoints of the embedded API
  bench list --requests                    with the request that each would get
  bench list --check                       and what the server says to it
  bench list --spec ./openapi.json --json  of a document, without a server`;

export function listCommand(context: CommandContext): Command {
  const command = new Command('list').description(
    'the discovered endpoints, and the exact request that each would get',
  );
  command.helpOption('-h, --help', 'print this help');
  addTargetOptions(command);
  addSelectionOptions(command);
  command
    .optionsGroup('Check:')
    .option('--check', 'start the server, send each request once, show what came of it')
    .option('--allow-remote <host>', 'allow that to a host that is not this machine');
  addOutputOptions(command).option('--requests', 'show the requests').addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doList } = await import('../actions/list.js');
    context.exitCode = await doList(flags);
  });
}
