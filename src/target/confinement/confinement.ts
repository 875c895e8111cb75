/** A control group that is made for one start of a target, and is gone with it. */
export interface GroupOrder {
  readonly folder: string;
  /** By the name of the file. */
  readonly limits: Readonly<Record<string, string>>;
  /** Of files that only some kernels have. */
  readonly whereThere: Readonly<Record<string, string>>;
  /** The file that counts what was killed at its memory limit; null = it has no such limit. */
  readonly killsFile: string | null;
}

/** How all processes of a target are held to what they may use, from the first instruction on. Plain data. */
export interface Confinement {
  readonly groups: readonly GroupOrder[];
  /** Cores for `taskset -c`, such as `0-1`; null = any. */
  readonly cpuList: string | null;
  /** For messages: `256 MiB`; null = not limited. */
  readonly memoryLimit: string | null;
}

/** Enters the groups, whose folders come before `--`, and becomes the program after it. */
const ENTER =
  'while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs" || exit 126; shift; done; shift; exec "$@"';

/** The words that start a program inside of its limits. */
export function confinedWords(words: readonly string[], confinement: Confinement | null): readonly string[] {
  if (confinement === null) return words;
  const { groups, cpuList } = confinement;
  const pinned = cpuList === null ? words : ['taskset', '-c', cpuList, ...words];
  if (groups.length === 0) return pinned;
  return ['/bin/sh', '-c', ENTER, 'sh', ...groups.map(({ folder }) => folder), '--', ...pinned];
}
