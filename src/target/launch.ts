import { open } from 'node:fs/promises';
import { execa } from 'execa';
import { withoutLogins } from '../kernel/redact-text.js';
import { lastLines, printable } from '../kernel/text.js';
import { memoryKills } from './confinement/control-group.js';
import type { Confinement, GroupOrder } from './confinement/confinement.js';
import type { ProcessFamily } from './processes/process-family.js';
import type { EndReport } from './processes/end-family.js';
import {
  supervise,
  supervisorCommand,
  supervisorOptions,
  type StopWish,
  type SupervisedProgram,
} from './supervise.js';
import type { WhenLeft } from './supervisor-messages.js';

export interface LaunchOptions {
  /** For messages; left out = `The target`. */
  readonly what?: string;
  /** Whom it runs as; left out = the user of bench. */
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  /** What it may use; left out = whatever there is. */
  readonly confinement?: Confinement | null;
  /** The supervisor's program. */
  readonly supervisor: URL;
  readonly words: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stop: StopWish;
  readonly whenLeft: Exclude<WhenLeft, 'over'>;
  /** Folder to remove if the harness is gone before it could do so itself. */
  readonly scratch: string;
  /** File to which the target's output is appended. */
  readonly logFile: string;
}

/** Starts a target under its supervisor. It is not ready yet: see `waitUntilReady`. */
export async function launch(options: LaunchOptions): Promise<LaunchedProgram> {
  const log = await open(options.logFile, 'a');
  try {
    const logStart = (await log.stat()).size;
    // The file itself, not a pipe: nothing of the target's output passes through the harness.
    // execa's types know small numbers only, its code takes any open descriptor.
    const file = log.fd as 3;
    const supervisor = execa(...supervisorCommand(options.supervisor), {
      ...supervisorOptions(options.scratch),
      stdout: file,
      stderr: file,
    });
    const program = await supervise(supervisor, { what: 'The target', ...options });
    const groups = options.confinement?.groups ?? [];
    return new LaunchedProgram(options.logFile, program, logStart, groups);
  } finally {
    await log.close();
  }
}

/** A target that was started and may not be ready yet. */
export class LaunchedProgram {
  readonly pid: number;
  readonly family: ProcessFamily;
  /** How it ended; undefined while it lives. */
  death: string | undefined;
  readonly died: Promise<void>;

  constructor(
    private readonly logFile: string,
    private readonly program: SupervisedProgram,
    private readonly logStart: number,
    private readonly groups: readonly GroupOrder[],
  ) {
    this.pid = program.pid;
    this.family = program.family;
    this.died = program.exited.then(({ how }) => {
      this.death = how;
    });
  }

  /** The last lines of its output since this start. */
  async lastOutput(lines: number): Promise<string[]> {
    const log = await open(this.logFile, 'r');
    try {
      const { size } = await log.stat();
      // A log that was cut may be shorter than it was at the start.
      const start = Math.max(this.logStart <= size ? this.logStart : 0, size - SHOWN_BYTES);
      const { buffer, bytesRead } = await log.read(Buffer.alloc(SHOWN_BYTES), 0, SHOWN_BYTES, start);
      return lastLines(buffer.toString('utf8', 0, bytesRead), lines).map((line) =>
        withoutLogins(printable(line)),
      );
    } finally {
      await log.close();
    }
  }

  /** How many of its processes were killed at its memory limit since its start; 0 once it has ended. */
  memoryKills(): number {
    return memoryKills(this.groups);
  }

  stop(): Promise<EndReport> {
    return this.program.end();
  }

  /** Ends what is supervised, and nothing that its stop command would end. */
  leave(): Promise<EndReport> {
    return this.program.leave();
  }
}

/** How much of the end of a log is read. */
const SHOWN_BYTES = 64 * 1024;
