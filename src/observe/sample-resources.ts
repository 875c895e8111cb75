import type { Clock } from '../kernel/clock.js';
import type { HostLoad, ResourceSample, ResourceSummary } from '../model/resources.js';
import { CpuAccount } from './cpu-account.js';
import { hostLoadBetween, readHostCounters, type HostCounters } from './probes/host-cpu.js';
import { listTree } from './probes/process-tree.js';
import { lookAt, type ProcessUsage } from './probes/process-usage.js';
import { summarizeResources } from './summarize-resources.js';

const SAMPLE_PERIOD_MS = 500;

/** CPU and memory of every process below `root`, itself included. */
export async function lookAtTree(root: number): Promise<ProcessUsage[]> {
  return lookAt(await listTree(root));
}

/** Looks at a process tree every half second of one measured window, from its opening to its close. */
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
  private failure: Error | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly root: number | null,
    private readonly startUs: number,
    private readonly windowMs: number,
  ) {
    this.schedule(0);
  }

  /** The latest look, for progress. */
  get latest(): ResourceSample | undefined {
    return this.samples.at(-1);
  }

  /** After the window's close: the target's figures (null when its process is not known) and the host's. */
  async finish(): Promise<{ target: ResourceSummary | null; host: HostLoad }> {
    this.cancel();
    // The last answer may come just before the window's close, and the last look with it.
    if (this.isLastLookOpen) this.startLook();
    await this.look;
    if (this.failure !== undefined) throw this.failure;
    const host =
      this.hostBefore && this.hostAfter
        ? hostLoadBetween(this.hostBefore, this.hostAfter)
        : { cpuPercent: null, stealPercent: null };
    return { target: summarizeResources(this.samples, this.cpuMs) ?? null, host };
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
        this.failure = error instanceof Error ? error : new Error(String(error));
      });
  }

  private async takeSample(): Promise<void> {
    const host = readHostCounters();
    this.hostBefore ??= host;
    this.hostAfter = host;
    if (this.root === null) return;
    const processes = await lookAtTree(this.root);
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
