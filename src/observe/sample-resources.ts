import type { Clock } from '../kernel/clock.js';
import { reasonOf } from '../kernel/errors.js';
import type { CellQuotas } from '../model/cpu-quota.js';
import type { HostLoad, ListProcesses, ResourceSample, ResourceSummary } from '../model/resources.js';
import { QuotaWatch } from './cgroups/quota-watch.js';
import { CpuAccount } from './cpu-account.js';
import { CpuRate, LEAST_INTERVAL_MS } from './cpu-rate.js';
import { hostLoadBetween, readHostCounters, type HostCounters } from './probes/host-cpu.js';
import { lookAt } from './probes/process-usage.js';
import type { ProportionalMemory } from './proportional-memory.js';
import { LEAST_SPAN_MS, summarizeResources } from './summarize-resources.js';

const SAMPLE_PERIOD_MS = 500;

/** What was seen in a window. */
export interface SampledResources {
  /** Null when the processes are unknown or could not be read. */
  readonly target: ResourceSummary | null;
  /** Why `target` is null although the processes are known; null otherwise. */
  readonly failure: string | null;
  readonly host: HostLoad;
  readonly quotas: CellQuotas;
}

/** CPU time that some processes have spent since their start, in milliseconds. */
export async function cpuMsOf(list: ListProcesses): Promise<number> {
  return (await lookAt(list())).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

export interface SampledWindow {
  /** Null when the processes are unknown. */
  readonly list: ListProcesses | null;
  readonly startUs: number;
  readonly windowMs: number;
  /** Has looked at them before the window. */
  readonly proportional: ProportionalMemory;
}

/** Looks at some processes every half second of one measured window, from its opening to its close. */
export class ResourceSampler {
  private readonly samples: ResourceSample[] = [];
  private readonly account = new CpuAccount();
  private readonly rate = new CpuRate();
  private readonly quotas = new QuotaWatch();
  private cpuMs = 0;
  private hostBefore: HostCounters | undefined;
  private hostAfter: HostCounters | undefined;
  private isStopped = false;
  private cancel = (): void => {};
  private end = (): void => {};
  private readonly ended = new Promise<void>((resolve) => {
    this.end = resolve;
  });
  private failure: string | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly window: SampledWindow,
  ) {
    this.lookAtMs(0);
  }

  /** The latest look, for progress. */
  get latest(): ResourceSample | undefined {
    return this.samples.at(-1);
  }

  /**
   * Waits for the window's close, which may come after the last answer, and for the last look: the target's figures and
   * the host's. After `stop` those of the looks so far.
   */
  async finish(): Promise<SampledResources> {
    await this.ended;
    if (this.failure === undefined) this.window.proportional.look();
    const host =
      this.hostBefore && this.hostAfter
        ? hostLoadBetween(this.hostBefore, this.hostAfter)
        : { cpuPercent: null, stealPercent: null };
    return { ...this.targetFigures(), host, quotas: this.quotas.quotas };
  }

  /** Looks no more. */
  stop(): void {
    this.isStopped = true;
    this.cancel();
    this.end();
  }

  private targetFigures(): Pick<SampledResources, 'target' | 'failure'> {
    const { list, proportional } = this.window;
    if (list === null) return { target: null, failure: null };
    // With samples missing, the figures would not cover the window.
    if (this.failure !== undefined) return { target: null, failure: this.failure };
    const target = summarizeResources(this.samples, this.cpuMs, proportional.summary);
    return target
      ? { target, failure: null }
      : { target: null, failure: `its processes were seen for less than ${LEAST_SPAN_MS} ms` };
  }

  private lookAtMs(elapsedMs: number): void {
    const { startUs, windowMs } = this.window;
    const delayMs = Math.max(0, startUs / 1000 + elapsedMs - this.clock.nowUs() / 1000);
    this.cancel = this.clock.after(delayMs, () => {
      const isLast = elapsedMs >= windowMs;
      void this.look(isLast).then(() => {
        if (isLast) this.end();
        else if (!this.isStopped) this.lookAtMs(this.nextLookMs());
      });
    });
  }

  /** Whole periods from the opening, and the window's close; not so soon that the two looks would tell no rate. */
  private nextLookMs(): number {
    const { startUs, windowMs } = this.window;
    const elapsedMs = (this.clock.nowUs() - startUs) / 1000;
    const nextMs = Math.ceil((elapsedMs + LEAST_INTERVAL_MS) / SAMPLE_PERIOD_MS) * SAMPLE_PERIOD_MS;
    return Math.min(nextMs, windowMs);
  }

  private async look(isLast: boolean): Promise<void> {
    try {
      await this.takeSample(isLast);
    } catch (error) {
      this.failure = `its processes could not be read: ${reasonOf(error)}`;
    }
  }

  private async takeSample(isLast: boolean): Promise<void> {
    const { list, startUs, proportional } = this.window;
    const isFirst = this.hostBefore === undefined;
    this.hostAfter = readHostCounters();
    this.hostBefore ??= this.hostAfter;
    const pids = list === null ? [] : list();
    if (isFirst) this.quotas.open(pids);
    if (isLast) this.quotas.close();
    const beforeUs = this.clock.nowUs();
    const processes = await lookAt(pids);
    if (processes.length === 0) return;
    // The files were read somewhere in between.
    const elapsedMs = ((beforeUs + this.clock.nowUs()) / 2 - startUs) / 1000;
    this.cpuMs += this.account.advance(processes);
    this.samples.push({
      elapsedMs,
      cpuPercent: this.rate.add(elapsedMs, this.cpuMs),
      memoryBytes: processes.reduce((sum, process) => sum + process.memoryBytes, 0),
      processes: processes.length,
    });
    if (!isFirst && !isLast) proportional.lookIfRested();
  }
}
