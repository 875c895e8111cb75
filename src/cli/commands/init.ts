import { Command } from 'commander';
import { addServerOptions, gather } from '../target-options.js';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench init --url http://127.0.0.1:3000        of a server that runs
  bench init --command 'node server.js --port {port}'
  bench init --spec ./openapi.json --output -   of a document alone, to stdout
  bench init --url http://127.0.0.1:3000 --output - --objectives-from .tmp/first
                                         with limits from a run, to stdout

Where a server is named, each of its GET operations is asked once, and what
does not answer well is marked with TODO in the file.`;

export function initCommand(context: CommandContext): Command {
  const command = new Command('init').description('write a commented scenario file for your own API');
  command.helpOption('-h, --help', 'print this help');
  addServerOptions(command.optionsGroup('Target:'))
    .option('--header <line>', "'Name: value' for every request (may repeat)", gather)
    .option('--check-writes', 'ask POST operations as well, which makes data')
    .option('--objectives-from <dir>', 'limits of objectives from what this run of the API measured')
    .optionsGroup('Output:')
    .option('--output <file>', 'the file to write; - for stdout [bench.yaml]')
    .option('--force', 'write over a file that exists')
    .option('--quiet', 'no progress and no notices')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .addHelpText('after', EXAMPLES);
  return command.action(async (flags: Record<string, unknown>) => {
    const { doInit } = await import('../actions/init.js');
    context.exitCode = await doInit(flags, context);
  });
}
