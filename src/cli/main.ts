import { CommanderError, type Command } from 'commander';
import type { CommandContext } from './commands/context.js';
import { codeOf } from '../kernel/errors.js';
import { sweepNow } from '../target/processes/sweeper.js';
import { OWN_VERSION } from '../kernel/own-version.js';
import { EXIT, exitCodeOfError } from './exit-codes.js';
import { buildProgram } from './program.js';
import { shownComplaint } from './safe-output.js';
import { Terminal } from './terminal.js';

/** Runs the command line; resolves to the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  outliveReaders();
  const context: CommandContext = { version: OWN_VERSION, words: argv.slice(2), exitCode: EXIT.fine };
  const program = buildProgram(context);
  for (const command of [program, ...program.commands]) throwInsteadOfExit(command);
  try {
    await program.parseAsync(argv);
    return context.exitCode;
  } catch (error) {
    // Commander has printed its own message by now.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
    new Terminal({ color: !argv.includes('--no-color') }).error(error);
    return exitCodeOfError(error);
  } finally {
    await sweepNow();
  }
}

/** EIO is what a terminal that was closed answers. */
const READER_GONE = ['EPIPE', 'EIO'];

/** The reader of our output may leave early (`| head`): the run goes on, and its results are on the disk. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!READER_GONE.includes(codeOf(error) ?? '')) throw error;
    });
  }
}

function throwInsteadOfExit(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ writeErr: (text) => process.stderr.write(shownComplaint(text)) })
    .showHelpAfterError(`See bench ${command.name() === 'bench' ? '' : `${command.name()} `}--help.`);
}
