import type { ProcessUsage } from './process-usage.js';

type Marks = ReadonlyMap<number, ProcessUsage>;

/**
 * Adds up the CPU time of a changing set of processes. The first look only sets the marks; a process
 * that appears later counts from its birth. One that ends counts to its end when its parent is one of
 * them: the system adds all its time to the parent's `reapedMs`, of which what was seen of it at earlier
 * looks is taken off. Else it counts up to the last look at it.
 */
export class CpuAccount {
  private marks: Marks | undefined;
  /** Seen of processes that ended since the look before the last; their parents may be late to reap them. */
  private unreapedMs = 0;

  /** Milliseconds of CPU time spent by all of them since the look before. */
  advance(processes: readonly ProcessUsage[]): number {
    const before = this.marks;
    this.marks = new Map(processes.map((usage) => [usage.pid, usage]));
    if (before === undefined) return 0;
    const reapedMs = growth(processes, before, ({ reapedMs }) => reapedMs);
    const endedMs = this.endedMs(before, this.marks);
    const alreadySeenMs = this.unreapedMs + endedMs;
    this.unreapedMs = Math.min(endedMs, Math.max(0, alreadySeenMs - reapedMs));
    return growth(processes, before, ({ cpuMs }) => cpuMs) + Math.max(0, reapedMs - alreadySeenMs);
  }

  private endedMs(before: Marks, now: Marks): number {
    return [...before.values()]
      .filter((usage) => !isSame(usage, now.get(usage.pid)))
      .reduce((sum, { cpuMs, reapedMs }) => sum + cpuMs + reapedMs, 0);
  }
}

function growth(
  processes: readonly ProcessUsage[],
  before: Marks,
  value: (usage: ProcessUsage) => number,
): number {
  return processes.reduce((sum, usage) => {
    const mark = before.get(usage.pid);
    return sum + value(usage) - (mark && isSame(mark, usage) ? value(mark) : 0);
  }, 0);
}

/** A smaller figure is another process under a reused id. */
function isSame(before: ProcessUsage, now: ProcessUsage | undefined): boolean {
  return now !== undefined && now.cpuMs >= before.cpuMs;
}
