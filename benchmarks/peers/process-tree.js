import { readFileSync, readdirSync } from 'node:fs';

const TICKS_PER_SECOND = 100; // USER_HZ: what the kernel tells programs, on every platform of Node
const KIB = 1024;

/** @typedef {{ pid: number, parent: number, cpuMs: number }} Process */

/** The process and all that descends from it. @param {number} root */
function treeOf(root) {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
  const tree = all.filter(({ pid }) => pid === root);
  // Grows while it is walked: the children of each are put behind it.
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** @param {number} pid @returns {Process | null} */
function readProcess(pid) {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === null) return null;
  // The name, in parentheses, may hold spaces. After it: state, ppid, … utime, stime, cutime, cstime.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid, parent: Number(fields[1]), cpuMs: (ticks / TICKS_PER_SECOND) * 1000 };
}

/** User and system time of the tree so far, that of ended children included. @param {number} root */
export function cpuMsOf(root) {
  return treeOf(root).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Resident bytes of each process of the tree: now, and at its peak. @param {number} root @returns {Map<number, { now: number, peak: number }>} */
export function memoryOf(root) {
  return new Map(
    treeOf(root).flatMap(({ pid }) => {
      const status = read(`/proc/${pid}/status`) ?? '';
      const [now, peak] = [/VmRSS:\s+(\d+)/, /VmHWM:\s+(\d+)/].map((field) => field.exec(status)?.[1]);
      return now && peak ? [[pid, { now: Number(now) * KIB, peak: Number(peak) * KIB }]] : [];
    }),
  );
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // it ended meanwhile
  }
}
