import { readdir, readFile } from 'node:fs/promises';
import pidtree from 'pidtree';

/** The process ids of a root and all its descendants; empty when the root is gone. */
export type ListTree = (root: number) => Promise<number[]>;

/** Reads /proc: a few milliseconds, and no process started for each look. */
const fromProc: ListTree = async (root) => {
  const childrenOf = new Map<number, number[]>();
  const entries = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry));
  await Promise.all(
    entries.map(async (entry) => {
      // A process may end between the two reads; then it has no part in the tree.
      const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => undefined);
      if (stat === undefined) return;
      // The command's name, in brackets, may itself hold brackets and spaces.
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z') return;
      childrenOf.set(Number(parent), [...(childrenOf.get(Number(parent)) ?? []), Number(entry)]);
      if (Number(entry) === root) childrenOf.set(-1, [root]);
    }),
  );
  const tree: number[] = [...(childrenOf.get(-1) ?? [])];
  for (const pid of tree) tree.push(...(childrenOf.get(pid) ?? []));
  return tree;
};

/** Asks `ps`, where there is no /proc. */
const fromPs: ListTree = (root) => pidtree(root, { root: true }).catch(() => []);

export const treeListers = { proc: fromProc, ps: fromPs } as const;

export const listTree: ListTree = process.platform === 'linux' ? fromProc : fromPs;
