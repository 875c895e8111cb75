import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of the control groups that limit a process: its own first, then up to the top of what is mounted here. */
export interface GroupFolders {
  /** Of the interface: 1 and 2 name their files differently. */
  readonly version: 1 | 2;
  readonly folders: readonly string[];
}

export type Controller = 'cpu' | 'memory';

/**
 * Undefined where the system has no cgroups, or those of the process are outside of what this one can see. A hybrid
 * system has the controller in one hierarchy only; the process's line in the older one tells.
 * Source: cgroups(7), proc_pid_mountinfo(5).
 */
export function groupFolders(
  pid: number | 'self',
  controller: Controller,
  root = '/',
): GroupFolders | undefined {
  const groups = textOf(join(root, `proc/${pid}/cgroup`));
  const mounts = textOf(join(root, 'proc/self/mountinfo'));
  if (groups === undefined || mounts === undefined) return undefined;
  const lines = groups.split('\n').map(groupLine);
  const old = lines.find(({ controllers }) => controllers.includes(controller));
  const path = (old ?? lines.find(({ controllers }) => controllers === ''))?.path;
  // A path that climbs belongs to a group outside this process's cgroup namespace.
  if (path === undefined || path.split('/').includes('..')) return undefined;
  const isMount = ({ type, options }: Mount): boolean =>
    old === undefined ? type === 'cgroup2' : type === 'cgroup' && options.includes(controller);
  // Of several mounts of one hierarchy the one that shows most of the way up.
  const [mount] = mounts
    .split('\n')
    .flatMap(mountLine)
    .filter((one) => isMount(one) && isWithin(path, one.top))
    .sort((a, b) => a.top.length - b.top.length);
  if (mount === undefined) return undefined;
  const parts = path
    .slice(mount.top === '/' ? 0 : mount.top.length)
    .split('/')
    .filter(Boolean);
  const folders = Array.from({ length: parts.length + 1 }, (_, up) =>
    join(root, mount.point, ...parts.slice(0, parts.length - up)),
  );
  return { version: old === undefined ? 2 : 1, folders };
}

/** The text of a file; undefined where it is missing or closed. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

interface GroupLine {
  /** Empty for version 2. */
  readonly controllers: readonly string[] | '';
  readonly path: string;
}

/** `4:cpu,cpuacct:/path`, or `0::/path` for version 2; the path may hold colons. */
function groupLine(line: string): GroupLine {
  const [, controllers = ' ', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
  return { controllers: controllers === '' ? '' : controllers.split(','), path };
}

interface Mount {
  /** Which group is mounted. */
  readonly top: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** `id parent device top point options tags… - type source options`. */
function mountLine(line: string): Mount[] {
  const [before, after] = line.split(' - ');
  const [, , , top, point] = before?.split(' ') ?? [];
  const [type, , options] = after?.split(' ') ?? [];
  if (top === undefined || point === undefined || type === undefined) return [];
  return [{ top: unescaped(top), point: unescaped(point), type, options: options?.split(',') ?? [] }];
}

/** Spaces and the like are written as `\040`. */
function unescaped(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}

function isWithin(path: string, top: string): boolean {
  return top === '/' || path === top || path.startsWith(`${top}/`);
}
