import type { SecretMask } from '../../config/secret-mask.js';
import type { Clock } from '../../kernel/clock.js';
import { UserError } from '../../kernel/errors.js';
import type { Generator, GeneratorShare, WindowTimes } from '../../model/generation/generator.js';
import type { Measurements } from '../../model/generation/measurements.js';
import type { GaugeReadings } from '../../model/results/gauges.js';
import { durationMsOf } from '../../model/loads/index.js';
import type { ClosedEarly } from '../../model/results/cell-record.js';
import type { TargetDeath } from '../../model/results/target-death.js';
import { readTick } from '../../measure/live-view.js';
import { PROBES } from '../../observe/probes/index.js';
import type { Probe } from '../../observe/probes/probe.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { Subject } from '../../model/results/subject.js';
import { failedAnswerRecords } from './failed-answers.js';
import { GaugeSampler } from '../../observe/sample-gauges.js';
import { WatchedProbes } from '../../observe/watched-probes.js';
import type { Target } from '../../target/target.js';
import type { AbortWatch } from './abort-watch.js';
import { generatorFailed } from './generator-failed.js';
import { LiveSeconds } from '../../measure/live-seconds.js';
import type { Observer } from '../../model/live/run-events.js';

export interface CellResult {
  /** When the window opened. */
  readonly startedAt: string;
  readonly measurements: Measurements;
  readonly gauges: GaugeReadings;
  readonly failedAnswers: CellRecord['failedAnswers'];
  /** Undefined where the window was open to its end. */
  readonly closedEarly: ClosedEarly | undefined;
  /** Undefined while the target lives. */
  readonly targetDeath: TargetDeath | undefined;
}

export interface CellOptions {
  readonly clock: Clock;
  readonly generator: Generator;
  readonly target: Target;
  readonly share: GeneratorShare;
  readonly subject: Pick<Subject, 'operations'>;
  /** Undefined where no objective ends the measuring. */
  readonly abort: AbortWatch | undefined;
  /** Beside those that are in each window. */
  readonly probes: readonly Probe[];
  readonly observe: Observer;
  readonly signal: AbortSignal;
  /** For what the target wrote last, and what it answered. */
  readonly mask: SecretMask;
}

const SHOWN_LINES = 5;
/** From the moment at which all generators are ready to the opening of the window, in microseconds. */
const LEAD_US = 50_000;
/** Before a window is closed early: each generator must know of it when that instant comes. */
const CLOSE_LEAD_US = 250_000;

/** Warms up and measures one cell; `undefined` when it was cut short by an interrupt. */
export async function measureCell(options: CellOptions): Promise<CellResult | undefined> {
  const { clock, generator, target, share, observe, signal, abort } = options;
  let sampler: GaugeSampler | undefined;
  let measurements: Measurements | undefined;
  const watch = await watchPlace(clock, target);
  const seconds = new LiveSeconds(share.load);
  const window = new Window(clock, durationMsOf(share.load));
  try {
    for await (const event of generator.run(share, AbortSignal.any([signal, watch.signal]), window.times)) {
      switch (event.kind) {
        case 'ready': {
          // Before the window is set: it may take tens of milliseconds.
          const probes = new WatchedProbes(clock, [...PROBES, ...options.probes], target);
          const { startUs, plannedMs } = window.open();
          sampler = new GaugeSampler(clock, { startUs, windowMs: plannedMs, probes });
          break;
        }
        case 'tick': {
          observe({ kind: 'second', second: seconds.read(readTick(event.tick), sampler?.latest) });
          const failed = abort?.failed(event.tick, sampler?.latest);
          if (failed !== undefined) window.closeFor(failed, sampler);
          break;
        }
        case 'finished':
          measurements = event.measurements;
          break;
        case 'failed':
          throw generatorFailed(event.message);
      }
    }
  } finally {
    watch.end();
    // Its timer would keep the process alive to the end of the window.
    if (measurements === undefined || watch.signal.aborted) sampler?.stop();
  }
  watch.signal.throwIfAborted();
  if (measurements === undefined || sampler === undefined) return undefined;
  const { startedAt, closedEarly } = window;
  const gauges = masked(await finished(sampler, signal), options.mask);
  const targetDeath = await deathOf(target, options.mask);
  const { subject, mask } = options;
  const failedAnswers = failedAnswerRecords(measurements.failedAnswers, subject, mask);
  return { startedAt, closedEarly, measurements, gauges, failedAnswers, targetDeath };
}

/** Databases tell words of their own. */
function masked(gauges: GaugeReadings, mask: SecretMask): GaugeReadings {
  const { missing, partly, facts } = gauges;
  return { ...gauges, ...(mask.inside({ missing, partly, facts }) as typeof gauges) };
}

/** When the window of a cell opens, and whether it closes before its time. */
class Window {
  startedAt = '';
  closedEarly: ClosedEarly | undefined;
  readonly times: WindowTimes;
  private startUs = 0;
  private resolveOpens = (_startUs: number): void => {};
  private resolveCloses = (_endUs: number): void => {};

  constructor(
    private readonly clock: Clock,
    private readonly plannedMs: number | null,
  ) {
    this.times = {
      opens: new Promise((resolve) => (this.resolveOpens = resolve)),
      closesEarly: new Promise((resolve) => (this.resolveCloses = resolve)),
    };
  }

  open(): { startUs: number; plannedMs: number | null } {
    this.startUs = this.clock.nowUs() + LEAD_US;
    this.startedAt = new Date(this.clock.unixMs() + LEAD_US / 1000).toISOString();
    this.resolveOpens(this.startUs);
    return { startUs: this.startUs, plannedMs: this.plannedMs };
  }

  /** Once, and not where it is about to close anyway. */
  closeFor(objective: string, sampler: GaugeSampler | undefined): void {
    const afterMs = Math.ceil((this.clock.nowUs() + CLOSE_LEAD_US - this.startUs) / 1000);
    if (this.closedEarly !== undefined || afterMs >= (this.plannedMs ?? Infinity)) return;
    this.closedEarly = { objective, afterMs, plannedMs: this.plannedMs };
    this.resolveCloses(this.startUs + afterMs * 1000);
    sampler?.closeAt(afterMs);
  }
}

/** The window may be open for a while after the last answer, but not after an interrupt. */
async function finished(sampler: GaugeSampler, signal: AbortSignal): Promise<GaugeReadings> {
  const stop = (): void => sampler.stop();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await sampler.finish();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

const WATCH_PERIOD_MS = 100;
/** Once the target is gone, its port is free for others. */
const WATCH_AFTER_DEATH_MS = 10;

interface Watch {
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Aborts with an error when another server takes over the target's address: only the target may get load. */
async function watchPlace(clock: Clock, target: Target): Promise<Watch> {
  const stopper = new AbortController();
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    const message = await target.intruder();
    isLooking = false;
    if (message !== undefined) stopper.abort(placeLost(message));
  };
  await look();
  stopper.signal.throwIfAborted();
  const cancels = [clock.every(WATCH_PERIOD_MS, () => void look())];
  let isOver = false;
  void target.died.then(() => {
    if (!isOver) cancels.push(clock.every(WATCH_AFTER_DEATH_MS, () => void look()));
  });
  return {
    signal: stopper.signal,
    end() {
      isOver = true;
      for (const cancel of cancels) cancel();
    },
  };
}

function placeLost(message: string): UserError {
  return new UserError(
    'run',
    `The load was stopped: ${message}.`,
    'Only the target may get load. It was restarted or is gone, or another program shares its port. Start the run again; finished cells are kept.',
  );
}

async function deathOf(target: Target, mask: SecretMask): Promise<TargetDeath | undefined> {
  if (target.death === undefined) return undefined;
  const lastOutput = await target.lastOutput(SHOWN_LINES);
  return { how: mask.text(target.death), lastOutput: lastOutput.map((line) => mask.text(line)) };
}
