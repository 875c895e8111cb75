/** What one look at a process tells. */
export interface ProcessUsage {
  readonly pid: number;
  /** User and system time since its start, in milliseconds. */
  readonly cpuMs: number;
  readonly memoryBytes: number;
}

/**
 * Adds up the CPU time of a changing set of processes. The first look only sets the marks; a process
 * that appears later counts from its birth, one that ends counts up to the last look at it.
 */
export class CpuAccount {
  private marks: Map<number, number> | undefined;

  /** Milliseconds of CPU time spent by all of them since the look before. */
  advance(processes: readonly ProcessUsage[]): number {
    const before = this.marks;
    this.marks = new Map(processes.map(({ pid, cpuMs }) => [pid, cpuMs]));
    if (before === undefined) return 0;
    return processes.reduce((sum, { pid, cpuMs }) => {
      const mark = before.get(pid) ?? 0;
      // A smaller figure is another process under a reused id.
      return sum + (cpuMs >= mark ? cpuMs - mark : cpuMs);
    }, 0);
  }
}
