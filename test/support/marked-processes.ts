import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface MarkedProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/**
 * The living processes whose environment holds `mark`, and so everything that was started from one
 * command, whoever its parent is by now. Zombies have no environment: PID 1 may bury them late.
 */
export function markedProcesses(mark: string): MarkedProcess[] {
  return process.platform === 'linux' ? fromProc(mark) : fromPs(mark);
}

function fromProc(mark: string): MarkedProcess[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && read(`/proc/${entry}/environ`).includes(mark))
    .map((entry) => ({
      pid: Number(entry),
      parent: Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${entry}/status`))?.[1]),
      command: read(`/proc/${entry}/cmdline`).replaceAll('\0', ' ').trim(),
    }));
}

function fromPs(mark: string): MarkedProcess[] {
  const rows = execFileSync('ps', ['axeww', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
  return rows
    .filter((row) => row.includes(mark))
    .map((row) => {
      const [pid, parent, ...command] = row.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), command: command.join(' ') };
    });
}

/** User and system time of a process so far, in milliseconds (100 ticks a second, as Linux has it). */
export function cpuMsOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const [utime, stime] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(utime ?? 0) + Number(stime ?? 0)) * 10;
}

/** Ports on which a process listens. */
export function listeningPorts(pid: number): number[] {
  const sockets = new Set(entriesOf(`/proc/${pid}/fd`).map((entry) => link(`/proc/${pid}/fd/${entry}`)));
  return ['tcp', 'tcp6'].flatMap((table) =>
    read(`/proc/net/${table}`)
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(`socket:[${inode}]`))
      .map(([, local]) => Number.parseInt(local?.split(':')[1] ?? '', 16)),
  );
}

// Processes end between two looks: then there is nothing to read.
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
