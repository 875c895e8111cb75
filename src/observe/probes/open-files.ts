import { readdirSync, statSync } from 'node:fs';
import type { Clock } from '../../kernel/clock.js';
import { codeOf } from '../../kernel/errors.js';
import type { GaugeSample, ListProcesses } from '../../model/results/gauges.js';
import { levelOutcome, pointsOf } from './level.js';
import type { Look, OpenProbe, Outcome, Probe, Reading } from './probe.js';
import { Rest } from './rest.js';
import { unknownProcesses } from './unknown-processes.js';

const OPEN_FILES = { id: 'target.openFiles', title: 'Open files', unit: '', isCharted: true };

/** Files and sockets that the target's processes have open; what several share counts for each. */
export const openFilesProbe: Probe = {
  name: 'open-files',
  gauges: [OPEN_FILES],
  open: ({ clock, target: { processes, unmeasured } }) =>
    processes === null ? unknownProcesses([OPEN_FILES], unmeasured) : new OpenFiles(clock, processes),
};

export class OpenFiles implements OpenProbe {
  private why: string | undefined;
  private readonly rest: Rest;

  constructor(
    clock: Clock,
    private readonly list: ListProcesses,
    private readonly read: typeof countOpenFiles = countOpenFiles,
  ) {
    this.rest = new Rest(clock);
  }

  look({ isFirst, isLast, elapsedMs }: Look): Promise<Reading | undefined> {
    const isDue = isFirst || isLast || this.rest.isOver;
    if (!isDue || this.why !== undefined) return Promise.resolve(undefined);
    const counts = this.rest.after(() =>
      this.list()
        .map((pid) => this.read(pid))
        .filter((one) => one !== undefined),
    );
    const known = counts.filter((one) => one !== null);
    if (known.length < counts.length) this.why = UNREADABLE;
    if (known.length === 0 || this.why !== undefined) return Promise.resolve(undefined);
    const sum = known.reduce((total, count) => total + count, 0);
    return Promise.resolve({ elapsedMs: elapsedMs(), values: { [OPEN_FILES.id]: sum } });
  }

  outcomes(samples: readonly GaugeSample[]): Record<string, Outcome> {
    const { why } = this;
    return { [OPEN_FILES.id]: why === undefined ? levelOutcome(pointsOf(samples, OPEN_FILES.id)) : { why } };
  }
}

const UNREADABLE =
  process.platform === 'linux'
    ? 'a process of it belongs to another user, or may not be inspected'
    : 'this system has no /proc that tells it';

/**
 * Undefined when the process has ended; null where the system does not tell: another user's, or no Linux. Since Linux 6.2
 * the folder's size is the number, which takes microseconds and is told to everybody; before that it is 0, and the names are
 * counted.
 */
export function countOpenFiles(pid: number): number | null | undefined {
  const folder = `/proc/${pid}/fd`;
  try {
    return statSync(folder).size || readdirSync(folder).length;
  } catch (error) {
    return process.platform === 'linux' && ENDED.has(codeOf(error)) ? undefined : null;
  }
}

const ENDED: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ESRCH']);
