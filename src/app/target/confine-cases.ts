import { availableParallelism, totalmem } from 'node:os';
import { UserError } from '../../kernel/errors.js';
import { coresInWords, plural } from '../../kernel/format.js';
import { bytesInWords } from '../../kernel/units.js';
import type { Observer } from '../../model/live/run-events.js';
import type { CaseLimits, ResourceCase } from '../../model/results/resource-case.js';
import { groupFolders } from '../../observe/cgroups/group-folders.js';
import { memoryLimitOf, quotaCoresOf } from '../../observe/cgroups/group-limits.js';
import type { Confinement } from '../../target/confinement/confinement.js';
import { coresOfList, hasTaskset } from '../../target/confinement/taskset.js';
import { planGroups, type GroupPlan } from '../../target/confinement/plan-groups.js';

/** A case, and how each start of the target is held to it. */
export interface ConfinedCase {
  readonly case: ResourceCase;
  /** New for each start: its groups are gone when the target has ended. */
  readonly confinement: () => Confinement;
}

/** What this machine allows bench to do about limits. */
export interface Limiter {
  readonly platform: NodeJS.Platform;
  /** What bench itself has: of the machine, or of a quota on it. */
  readonly cores: number;
  readonly memoryBytes: number;
  readonly plan: (wanted: Pick<CaseLimits, 'cpuCores' | 'memoryBytes'>) => GroupPlan;
  /** The cores that bench may run on, or undefined without `taskset`. */
  readonly pinnable: () => readonly number[] | undefined;
}

/** This machine; `root` is its file system. */
function limiterOf(root = '/'): Limiter {
  const total = totalmem();
  return {
    platform: process.platform,
    cores: Math.min(availableParallelism(), quotaCoresOf('self', root) ?? Infinity),
    memoryBytes: memoryLimitOf('self', total, root) ?? total,
    plan: (wanted) => planGroups(wanted, hierarchies(root)),
    pinnable: () => (hasTaskset() ? coresOfList(root) : undefined),
  };
}

function hierarchies(root: string): Parameters<typeof planGroups>[1] {
  const [cpu, memory] = [groupFolders('self', 'cpu', root), groupFolders('self', 'memory', root)];
  return { ...(cpu && { cpu }), ...(memory && { memory }) };
}

/** Finds out how the cases can be kept to, before anything is started. Throws one error with all cases that cannot. */
export function confineCases(
  cases: readonly CaseLimits[],
  observe: Observer,
  limiter: Limiter = limiterOf(),
): ConfinedCase[] {
  if (cases.length === 0) return [];
  if (limiter.platform !== 'linux') throw new UserError('usage', NOT_LINUX, WITHOUT_CASES);
  const confined = cases.map((one) => confine(one, limiter));
  const problems = confined.flatMap((one) => ('problem' in one ? [one] : []));
  if (problems.length > 0)
    throw new UserError(
      'usage',
      problems.map(({ problem }) => problem).join('\n'),
      [...new Set(problems.flatMap(({ refusals }) => refusals)), GET_CGROUPS, WITHOUT_CASES].join('\n'),
    );
  const done = confined.flatMap((one) => ('problem' in one ? [] : [one]));
  for (const message of noticesOf(done, limiter)) observe({ kind: 'notice', message });
  return done;
}

const NOT_LINUX = 'cases: only Linux can limit what a target may use, by its control groups (cgroups).';
const WITHOUT_CASES = 'Without the cases: --no-cases';
const GET_CGROUPS =
  'bench can limit cores and memory where it may write control groups (cgroups): as root, or on systemd as systemd-run --user --scope -p Delegate=yes bench run …';

interface Refused {
  readonly problem: string;
  readonly refusals: readonly string[];
}

interface Planned extends ConfinedCase {
  readonly refusals: readonly string[];
}

function confine(one: CaseLimits, limiter: Limiter): Planned | Refused {
  const { cpuCores, memoryBytes } = one;
  // More than bench itself may use is nobody's to give.
  const plan = limiter.plan({
    cpuCores: cpuCores === null ? null : Math.min(cpuCores, limiter.cores),
    memoryBytes: memoryBytes === null ? null : Math.min(memoryBytes, limiter.memoryBytes),
  });
  const { refusals } = plan;
  const isPinned = cpuCores !== null && plan.by.cpu === undefined;
  const pinned = isPinned ? pinnedTo(cpuCores, limiter) : null;
  if (pinned !== null && 'why' in pinned)
    return {
      problem: `cases: ${one.name}: ${coresInWords(cpuCores ?? 0)} cannot be kept to here: ${pinned.why}`,
      refusals,
    };
  return {
    case: {
      ...one,
      cpuBy: cpuCores === null ? null : (byWords(plan.by.cpu) ?? 'taskset'),
      memoryBy: memoryBytes === null ? null : (byWords(plan.by.memory) ?? 'nothing'),
    },
    confinement: () => ({
      groups: plan.orders(),
      cpuList: pinned === null ? null : pinned.list,
      memoryLimit: memoryBytes === null ? null : bytesInWords(memoryBytes),
    }),
    refusals,
  };
}

function byWords(version: 1 | 2 | undefined): 'cgroup-v1' | 'cgroup-v2' | undefined {
  return version === undefined ? undefined : `cgroup-v${version}`;
}

/** Whole cores can be had without a control group. */
function pinnedTo(cores: number, { pinnable }: Limiter): { list: string } | { why: string } {
  if (!Number.isInteger(cores))
    return { why: 'no control group can be written, and taskset knows whole cores only' };
  const known = pinnable();
  if (known === undefined)
    return { why: 'no control group can be written, and there is no taskset (install util-linux)' };
  return { list: known.slice(0, cores).join(',') };
}

function noticesOf(cases: readonly Planned[], { cores, memoryBytes }: Limiter): string[] {
  const named = (some: readonly Planned[]): string => some.map((one) => one.case.name).join('; ');
  const wide = cases.filter((one) => (one.case.cpuCores ?? 0) > cores);
  const large = cases.filter((one) => (one.case.memoryBytes ?? 0) > memoryBytes);
  const pinned = cases.filter((one) => one.case.cpuBy === 'taskset');
  const open = cases.filter((one) => one.case.memoryBy === 'nothing');
  const whys = [...new Set([...pinned, ...open].flatMap(({ refusals }) => refusals))].join('; ');
  return [
    ...(wide.length === 0
      ? []
      : [
          `Cases with more cores than there are here (${coresInWords(cores)}), which is what they get: ${named(wide)}.`,
        ]),
    ...(large.length === 0
      ? []
      : [
          `Cases with more memory than there is here (${bytesInWords(memoryBytes)}), which is what they get: ${named(large)}.`,
        ]),
    ...(pinned.length === 0
      ? []
      : [
          `No control group can limit the cores of ${plural(pinned.length, 'case')}: the target is pinned to whole cores with taskset, which bench and others use too. ${whys}.`,
        ]),
    ...(open.length === 0
      ? []
      : [
          `Memory is not limited in ${plural(open.length, 'case')}, since no control group can do it here: ${named(open)}. ${pinned.length === 0 ? `${whys}. ` : ''}${GET_CGROUPS}`,
        ]),
  ];
}
