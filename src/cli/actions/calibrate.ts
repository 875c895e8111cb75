import { calibrate, type CalibrationWatch } from '../../app/calibrate/calibrate.js';
import { flagsOfOneRun, hasOwnLoad, readRepeats } from '../../config/calibration-flags.js';
import type { RunFlags } from '../../config/flag-reader.js';
import { formatTimeLeft } from '../../kernel/units.js';
import type { RunEvent } from '../../model/live/run-events.js';
import { renderNoise } from '../../report/terminal/render-noise.js';
import type { CommandContext } from '../commands/context.js';
import { EXIT } from '../exit-codes.js';
import { interruptible } from '../interrupt.js';
import { Progress } from '../progress.js';
import { isLiveTerminal, Terminal, type TerminalFlags } from '../terminal.js';
import { resolveFlags, scenarioFor } from './resolve-flags.js';

interface Flags extends RunFlags, TerminalFlags {}

const STOPPING = 'Stopping: nothing is kept but the runs that are finished. Once more to stop at once.';

/** `bench calibrate`. */
export async function doCalibrate(given: Flags, { words, version }: CommandContext): Promise<number> {
  const repeats = readRepeats(given);
  const flags = flagsOfOneRun(given);
  const config = await resolveFlags(flags);
  const terminal = new Terminal(given);
  const watch = new WatchedRuns(terminal, isLiveTerminal(given));
  const load = {
    hasOwnLoad: hasOwnLoad(flags, await scenarioFor(flags)),
    hasOwnDuration: flags['duration'] !== undefined,
  };
  const clear = (): void => watch.ended();
  return interruptible({ terminal, clear, news: STOPPING }, async (signal) => {
    const options = { config, ...load, repeats, command: words, version, watch, signal };
    const { floor, file, folder } = await calibrate(options);
    if (given.json === true) terminal.json(floor);
    if (given.quiet !== true) terminal.show(`\n${renderNoise(floor, terminal)}\n`);
    terminal.note(`Kept for bench compare: ${file}`);
    terminal.note(`Runs: ${folder}`);
    return EXIT.fine;
  });
}

/** Each run as `bench run` shows it, under a line that says which one it is and what is left. */
class WatchedRuns implements CalibrationWatch {
  private progress: Progress;
  /** Runs of the same have the same to say. */
  private readonly said = new Set<string>();

  constructor(
    private readonly terminal: Terminal,
    private readonly isLive: boolean,
  ) {
    this.progress = new Progress(terminal, isLive);
  }

  readonly observe = (event: RunEvent): void => {
    if (event.kind === 'notice') {
      if (this.said.has(event.message)) return;
      this.said.add(event.message);
    }
    this.progress.observe(event);
  };

  began(run: number, runs: number, leftMs: number | undefined): void {
    this.progress.end();
    this.progress = new Progress(this.terminal, this.isLive);
    const left = leftMs === undefined ? '' : `, about ${formatTimeLeft(leftMs)} left`;
    this.terminal.note(this.terminal.paint.bold(`Run ${run} of ${runs}${left}`));
  }

  ended(): void {
    this.progress.end();
  }
}
