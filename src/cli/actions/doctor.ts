import { checkFitness } from '../../app/doctor/check-fitness.js';
import { readFitnessFlags, type FitnessFlags, type FitnessWays } from '../../config/fitness-flags.js';
import { renderFitness } from '../../report/terminal/render-fitness.js';
import type { CommandContext } from '../commands/context.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
import { Progress } from '../progress.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';

interface Flags extends TerminalFlags, FitnessFlags {}

/** `bench doctor`. */
export async function doDoctor(flags: Flags, context: CommandContext): Promise<number> {
  const ways = readFitnessFlags(flags);
  const terminal = new Terminal(flags);
  const progress = new Progress(terminal, isLiveTerminal(flags));
  const clear = (): void => progress.end();
  return interruptible({ terminal, clear }, (signal) =>
    check(flags, ways, context, terminal, progress, signal),
  );
}

async function check(
  flags: Flags,
  ways: FitnessWays,
  { version }: CommandContext,
  terminal: Terminal,
  progress: Progress,
  signal: AbortSignal,
): Promise<number> {
  const fitness = await checkFitness({ ...ways, version, observe: progress.observe, signal });
  progress.end();
  if (flags.json === true) terminal.json(fitness);
  terminal.show(renderFitness(fitness, terminal));
  return fitness.verdict.state === 'fit' ? EXIT.fine : EXIT.notValid;
}
