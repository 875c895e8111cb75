import { Command } from 'commander';
import { abCommand } from './commands/ab.js';
import { calibrateCommand } from './commands/calibrate.js';
import { compareCommand } from './commands/compare.js';
import { refuseFewFiles } from '../app/target/refuse-few-files.js';
import type { CommandContext } from './commands/context.js';
import { doctorCommand } from './commands/doctor.js';
import { historyCommand } from './commands/history.js';
import { initCommand } from './commands/init.js';
import { listCommand } from './commands/list.js';
import { plotCommand } from './commands/plot.js';
import { runCommand } from './commands/run.js';
import { scenariosCommand } from './commands/scenarios.js';
import { serveCommand } from './commands/serve.js';

const EXAMPLES = `
Examples:
  bench run                               load every endpoint of the shipped API
  bench run --url http://127.0.0.1:3000   load your own API by its /openapi.json
  bench plot                              charts and report of the newest run
  bench compare .tmp/before .tmp/after    what a change has changed
  bench ab --base origin/main             measure the change since, and judge it
  bench history .tmp                      what changed when, over many runs
  bench list --requests                   see what would be sent
  bench init --url http://127.0.0.1:3000  a scenario file for it, to fill in
  bench doctor                            what this machine can measure
  bench calibrate                         what its figures vary by themselves

bench COMMAND --help tells more.`;

/** The whole command line. Commands load what they need only when they run, so that help is quick. */
export function buildProgram(context: CommandContext): Command {
  return (
    new Command('bench')
      .description('From an OpenAPI document to a trustworthy load-test verdict, in one command.')
      .version(context.version, '-V, --version', 'print the version')
      .helpOption('-h, --help', 'print this help')
      .helpCommand('help [command]', 'print the help of a command')
      .addHelpText('after', EXAMPLES)
      // Before the command is loaded.
      .hook('preAction', () => refuseFewFiles())
      .addCommand(runCommand(context))
      .addCommand(plotCommand(context))
      .addCommand(compareCommand(context))
      .addCommand(abCommand(context))
      .addCommand(historyCommand(context))
      .addCommand(listCommand(context))
      .addCommand(initCommand(context))
      .addCommand(scenariosCommand(context))
      .addCommand(serveCommand(context))
      .addCommand(doctorCommand(context))
      .addCommand(calibrateCommand(context))
  );
}
