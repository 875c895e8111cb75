import { Command } from 'commander';
import type { CommandContext } from './context.js';

const EXAMPLES = `
Examples:
  bench serve                                the embedded API
  bench serve fastapi-sqlite --workers 4 --port auto`;

export function serveCommand(context: CommandContext): Command {
  return new Command('serve')
    .description('start only the target, print its URL, stop on Ctrl-C')
    .helpOption('-h, --help', 'print this help')
    .argument('[scenario]', 'a shipped scenario, or your own scenario file [node-sqlite]')
    .option('--command <command>', 'start this server; {host} {port} {workers} are replaced')
    .option('--host <host>', 'address on which to start it [127.0.0.1]')
    .option('--port <port>', "port, or 'auto' for any free one [8000, or a free one when it is taken]")
    .option('--ready-timeout <time>', 'how long to wait for it to answer [30s]')
    .option('--spec <path>', 'where its OpenAPI document is [/openapi.json]')
    .option('--unix-socket <path>', 'where the server listens, in place of host and port')
    .option('--workers <n>', 'worker processes [1]')
    .option('--keep', 'databases that bench starts go on afterwards, with their data')
    .option('--quiet', 'print the URL and nothing else')
    .option('--no-color', 'no colours (as NO_COLOR=1)')
    .addHelpText('after', EXAMPLES)
    .action(async (scenario: string | undefined, flags: Record<string, unknown>) => {
      const { doServe } = await import('../actions/serve.js');
      context.exitCode = await doServe(scenario, flags);
    });
}
