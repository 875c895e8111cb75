import type { ProbeCosts } from '../model/results/probe-costs.js';

/** What the looks of one probe cost bench. */
export class LookCost {
  private looks = 0;
  private totalUs = 0;
  private mostUs = 0;
  private cpuUs = 0;

  /** `cpu` is what bench's process used meanwhile: in a window it does little else, and time spent waiting is none. */
  add(tookUs: number, cpu: NodeJS.CpuUsage): void {
    this.looks += 1;
    this.totalUs += tookUs;
    this.mostUs = Math.max(this.mostUs, tookUs);
    this.cpuUs += cpu.user + cpu.system;
  }

  get summary(): ProbeCosts[string] {
    const { looks } = this;
    return {
      looks,
      meanMs: looks === 0 ? null : roundedMs(this.totalUs / looks),
      maxMs: looks === 0 ? null : roundedMs(this.mostUs),
      cpuMs: roundedMs(this.cpuUs),
    };
  }
}

/** To the microsecond: more is the division's. */
function roundedMs(us: number): number {
  return Math.round(us) / 1000;
}
