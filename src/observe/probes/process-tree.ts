import { readdirSync } from 'node:fs';
import pidtree from 'pidtree';
import { readProc } from './read-proc.js';

/** The process ids of a root and all its descendants; empty when the root is gone. */
export type ListTree = (root: number) => Promise<number[]>;

/** Reads /proc: about a millisecond, and no process started for each look. */
const fromProc: ListTree = (root) => {
  const childrenOf = new Map<number, number[]>();
  let isAlive = false;
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? parentOf(pid) : undefined;
    if (parent === undefined) continue;
    const siblings = childrenOf.get(parent);
    if (siblings) siblings.push(pid);
    else childrenOf.set(parent, [pid]);
    isAlive ||= pid === root;
  }
  const tree = isAlive ? [root] : [];
  for (const pid of tree) tree.push(...(childrenOf.get(pid) ?? []));
  return Promise.resolve(tree);
};

/** Undefined for zombies, and for processes that have just ended. */
function parentOf(pid: number): number | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  // The command's name, in brackets, may itself hold brackets and spaces.
  const [state, parent] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ', 2) ?? [];
  return state === undefined || state === 'Z' ? undefined : Number(parent);
}

/** Asks `ps`, where there is no /proc. */
const fromPs: ListTree = (root) => pidtree(root, { root: true }).catch(() => []);

export const treeListers = { proc: fromProc, ps: fromPs } as const;

export const listTree: ListTree = process.platform === 'linux' ? fromProc : fromPs;
