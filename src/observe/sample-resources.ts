import type { Clock } from '../kernel/clock.js';
import { reasonOf } from '../kernel/errors.js';
import type { HostLoad, ResourceSample, ResourceSummary } from '../model/resources.js';
import { CpuAccount } from './cpu-account.js';
import { hostLoadBetween, readHostCounters, type HostCounters } from './probes/host-cpu.js';
import { lookAt } from './probes/process-usage.js';
import { summarizeResources } from './summarize-resources.js';

const SAMPLE_PERIOD_MS = 500;

/** The ids of the processes to look at, as they are now. */
export type ListProcesses = () => readonly number[];

/** What was seen in a window. */
export interface SampledResources {
  /** Null when the processes are unknown or could not be read. */
  readonly target: ResourceSummary | null;
  /** Why `target` is null although the processes are known; null otherwise. */
  readonly failure: string | null;
  readonly host: HostLoad;
}

/** CPU time that some processes have spent since their start, in milliseconds. */
export async function cpuMsOf(list: ListProcesses): Promise<number> {
  return (await lookAt(list())).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Looks at some processes every half second of one measured window, from its opening to its close. */
export class ResourceSampler {
  private readonly samples: ResourceSample[] = [];
  private readonly account = new CpuAccount();
  private cpuMs = 0;
  private lastUs = 0;
  private hostBefore: HostCounters | undefined;
  private hostAfter: HostCounters | undefined;
  private cancel = (): void => {};
  private look: Promise<void> = Promise.resolve();
  private isLastLookOpen = true;
  private failure: string | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly list: ListProcesses | null,
    private readonly startUs: number,
    private readonly windowMs: number,
  ) {
    this.schedule(0);
  }

  /** The latest look, for progress. */
  get latest(): ResourceSample | undefined {
    return this.samples.at(-1);
  }

  /** After the window's close: the target's figures and the host's. */
  async finish(): Promise<SampledResources> {
    this.cancel();
    // The last answer may come just before the window's close, and the last look with it.
    if (this.isLastLookOpen) this.startLook();
    await this.look;
    const host =
      this.hostBefore && this.hostAfter
        ? hostLoadBetween(this.hostBefore, this.hostAfter)
        : { cpuPercent: null, stealPercent: null };
    if (this.list === null) return { target: null, failure: null, host };
    const target = summarizeResources(this.samples, this.cpuMs) ?? null;
    const tooFew = target === null ? 'its processes ended before they could be sampled twice' : null;
    // With samples missing, the figures would not cover the window.
    return this.failure === undefined
      ? { target, failure: tooFew, host }
      : { target: null, failure: this.failure, host };
  }

  private schedule(elapsedMs: number): void {
    const delayMs = Math.max(0, this.startUs / 1000 + elapsedMs - this.clock.nowUs() / 1000);
    this.cancel = this.clock.after(delayMs, () => {
      this.startLook();
      this.isLastLookOpen = elapsedMs < this.windowMs;
      // The last look is at the window's close, also when it is no multiple of the period.
      if (this.isLastLookOpen) this.schedule(Math.min(elapsedMs + SAMPLE_PERIOD_MS, this.windowMs));
    });
  }

  /** One look after another: a slow one must not be overtaken. */
  private startLook(): void {
    this.look = this.look
      .then(() => this.takeSample())
      .catch((error: unknown) => {
        this.failure = `its processes could not be read: ${reasonOf(error)}`;
      });
  }

  private async takeSample(): Promise<void> {
    const host = readHostCounters();
    this.hostBefore ??= host;
    this.hostAfter = host;
    if (this.list === null) return;
    const processes = await lookAt(this.list());
    if (processes.length === 0) return;
    const nowUs = this.clock.nowUs();
    const spentMs = this.account.advance(processes);
    this.cpuMs += spentMs;
    const intervalMs = (nowUs - this.lastUs) / 1000;
    this.lastUs = nowUs;
    this.samples.push({
      elapsedMs: (nowUs - this.startUs) / 1000,
      cpuPercent: this.samples.length === 0 ? 0 : (100 * spentMs) / intervalMs,
      memoryBytes: processes.reduce((sum, process) => sum + process.memoryBytes, 0),
      processes: processes.length,
    });
  }
}
