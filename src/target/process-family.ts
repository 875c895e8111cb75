import { readdirSync, readFileSync } from 'node:fs';

interface Member {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks from boot to its start: tells it from a later process under the same id. */
  readonly startedAt: string;
}

/**
 * A program that leads a session of its own and everything that it started, as one thing to signal: its
 * process group and, where /proc tells, those that have left the group or the session.
 */
export class ProcessFamily {
  /** Process id → start, of those that a signal was sent to. */
  private readonly signalled = new Map<number, string>();

  constructor(private readonly leader: number) {}

  signal(name: NodeJS.Signals): void {
    // Looked at before the parents die: an orphan of another session cannot be found any more.
    const members = this.members();
    send(-this.leader, name);
    for (const { pid, group, startedAt } of members) {
      this.signalled.set(pid, startedAt);
      if (group !== this.leader) send(pid, name);
    }
  }

  lives(): boolean {
    if (!isLinux && send(-this.leader, 0)) return true;
    // A group of zombies still takes signals; who inherited them may be slow to bury them.
    return this.members().length > 0;
  }

  private members(): Member[] {
    if (!isLinux) return [];
    const all = livingProcesses();
    const family = all.filter(
      ({ pid, group, session, startedAt }) =>
        group === this.leader || session === this.leader || this.signalled.get(pid) === startedAt,
    );
    const known = new Set(family.map(({ pid }) => pid));
    for (const { pid } of family) {
      for (const child of all) {
        if (child.parent !== pid || known.has(child.pid)) continue;
        known.add(child.pid);
        family.push(child);
      }
    }
    return family;
  }
}

const isLinux = process.platform === 'linux';

function livingProcesses(): Member[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(readMember)
    .filter((member) => member !== undefined);
}

/** Undefined for those that have ended, or end meanwhile. */
function readMember(entry: string): Member | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${entry}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The command's name, in brackets, may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent, group, session] = fields;
  // A zombie with more threads than one has lost its first only: the others go on, and keep its ports.
  const isZombie = state === 'Z' && Number(fields[17]) <= 1;
  if (isZombie || state === 'X') return undefined;
  return {
    pid: Number(entry),
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startedAt: fields[19] ?? '',
  };
}

/** False when there is no such process or group any more. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // ESRCH is the news asked for; anything else (EPERM) means that it lives on without us.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
