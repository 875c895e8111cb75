import { readdirSync } from 'node:fs';
import pidtree from 'pidtree';
import { readStatFields } from './read-proc.js';

/** The process ids of a root and all its descendants; empty when the root is gone. */
export type ListTree = (root: number) => Promise<number[]>;

/** Every so many looks the strangers are looked at again, for the case that their ids were used again. */
const LOOKS_UNTIL_ALL = 20;

/**
 * Reads /proc; no process is started for a look. A stranger seen before stays one, since nobody gets a
 * parent among the tree later on: only new processes have to be read, which takes a tenth of the time.
 */
function procLister(): ListTree {
  let strangers = new Set<number>();
  let knownRoot = 0;
  let looks = 0;
  return (root) => {
    if (root !== knownRoot || looks % LOOKS_UNTIL_ALL === 0) strangers = new Set();
    knownRoot = root;
    looks += 1;
    const processes = readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && !strangers.has(pid));
    const childrenOf = new Map<number, number[]>();
    for (const pid of processes) {
      const parent = parentOf(pid);
      if (parent !== undefined) childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), pid]);
    }
    const tree = parentOf(root) === undefined ? [] : [root];
    for (const pid of tree) tree.push(...(childrenOf.get(pid) ?? []));
    const members = new Set(tree);
    for (const pid of processes) if (!members.has(pid)) strangers.add(pid);
    return Promise.resolve(tree);
  };
}

/** Undefined for zombies, and for processes that have just ended. */
function parentOf(pid: number): number | undefined {
  const [state, parent] = readStatFields(pid);
  return parent === undefined || state === 'Z' ? undefined : Number(parent);
}

/** Asks `ps`, where there is no /proc. */
const fromPs: ListTree = (root) => pidtree(root, { root: true }).catch(() => []);

export const treeListers = { proc: procLister(), ps: fromPs } as const;

export const listTree: ListTree = process.platform === 'linux' ? treeListers.proc : treeListers.ps;
