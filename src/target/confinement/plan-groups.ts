import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { confinedWords, type GroupOrder } from './confinement.js';
import { isStillThere, setLimits, whyRefused } from './control-group.js';
import { newGroupName, removeLeftovers } from './group-name.js';

export type Controller = 'cpu' | 'memory';

/** The groups that this process is in, for one controller: its own first, then up to the top of what is mounted. */
export interface Hierarchy {
  readonly version: 1 | 2;
  readonly folders: readonly string[];
}

/** What is wanted; null = no limit. */
export interface WantedLimits {
  readonly cpuCores: number | null;
  readonly memoryBytes: number | null;
}

/** Where groups of one start go; the names are new for each start. */
export interface GroupPlan {
  /** What holds each limit; undefined where no group can. */
  readonly by: Readonly<Partial<Record<Controller, 1 | 2>>>;
  readonly orders: () => GroupOrder[];
  /** Why no group could be made for what `by` leaves out. */
  readonly refusals: readonly string[];
}

/** Of a hierarchy: of the own group, and of the one above it. */
const MOST_WHYS = 2;
const PERIOD_US = 100_000;

/**
 * Finds by trying where groups with these limits can be made: below the own group of this process, else below one further
 * up. In version 2 a group with processes in it cannot limit its children, and one process is in one group for all limits.
 */
export function planGroups(
  wanted: WantedLimits,
  hierarchies: Readonly<Partial<Record<Controller, Hierarchy>>>,
): GroupPlan {
  const needed = (['cpu', 'memory'] as const).filter((controller) => valueOf(wanted, controller) !== null);
  const missing = needed.filter((controller) => hierarchies[controller] === undefined);
  const refusals = missing.map((controller) => `no cgroup of this process has the controller ${controller}`);
  const found: Found[] = [];
  for (const { hierarchy, controllers } of together(needed, hierarchies)) {
    // Half of the limits is better than none.
    const whys = new Set<string>();
    const place = placeForMost(wanted, controllers, hierarchy, whys);
    if (place !== undefined) found.push(place);
    if (place?.controllers.length !== controllers.length) refusals.push(...[...whys].slice(0, MOST_WHYS));
  }
  return {
    by: Object.fromEntries(
      found.flatMap(({ controllers, version }) => controllers.map((one) => [one, version])),
    ),
    orders: () => found.map((place) => orderAt(wanted, place)),
    refusals,
  };
}

interface Found {
  readonly parent: string;
  readonly version: 1 | 2;
  readonly controllers: readonly Controller[];
}

/** Controllers of one hierarchy share a group. */
function together(
  needed: readonly Controller[],
  hierarchies: Readonly<Partial<Record<Controller, Hierarchy>>>,
): { hierarchy: Hierarchy; controllers: Controller[] }[] {
  const byOwn = new Map<string, { hierarchy: Hierarchy; controllers: Controller[] }>();
  for (const controller of needed) {
    const hierarchy = hierarchies[controller];
    if (hierarchy === undefined) continue;
    const own = hierarchy.folders[0] ?? '';
    const known = byOwn.get(own);
    if (known) known.controllers.push(controller);
    else byOwn.set(own, { hierarchy, controllers: [controller] });
  }
  return [...byOwn.values()];
}

/** For all of the controllers, or else for the first of them that it can be done for: half of the limits is better than none. */
function placeForMost(
  wanted: WantedLimits,
  controllers: readonly Controller[],
  hierarchy: Hierarchy,
  whys: Set<string>,
): Found | undefined {
  const attempts = controllers.length > 1 ? [controllers, ...controllers.map((one) => [one])] : [controllers];
  for (const some of attempts) {
    const place = placeFor(wanted, some, hierarchy, whys);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The nearest group below which one with these limits can be made and entered; why not is added to `whys`. */
function placeFor(
  wanted: WantedLimits,
  controllers: readonly Controller[],
  { version, folders }: Hierarchy,
  whys: Set<string>,
): Found | undefined {
  for (const parent of folders) {
    const place = { parent, version, controllers };
    const why = refusalOf(wanted, place);
    if (why === undefined) return place;
    whys.add(`${parent}: ${why}`);
  }
  return undefined;
}

/** Tries it with a process that does nothing; undefined where it works. */
function refusalOf(wanted: WantedLimits, place: Found): string | undefined {
  removeLeftovers(place.parent);
  const order = orderAt(wanted, place);
  try {
    if (place.version === 2) offerControllers(place.parent, place.controllers);
    mkdirSync(order.folder);
    // Before it has its limits: they may be too small for any program, which the target's own death will tell.
    const why = refusalToEnter(order);
    if (why !== undefined) return why;
    setLimits(order);
    return hasLimits(order) ? undefined : 'the kernel did not keep the limits as they were written';
  } catch (error) {
    return whyRefused(error);
  } finally {
    isStillThere(order.folder);
  }
}

/** Children have the files of a controller only where the group above offers it to them. */
function offerControllers(parent: string, controllers: readonly Controller[]): void {
  const known = wordsOf(join(parent, 'cgroup.controllers'));
  const unknown = controllers.filter((one) => !known.includes(one));
  if (unknown.length > 0) throw new Error(`it has no controller ${unknown.join(' and ')}`);
  const file = join(parent, 'cgroup.subtree_control');
  const offered = wordsOf(file);
  const missing = controllers.filter((one) => !offered.includes(one));
  if (missing.length > 0) writeFileSync(file, missing.map((one) => `+${one}`).join(' '));
}

function refusalToEnter(order: GroupOrder): string | undefined {
  const confinement = { groups: [order], cpuList: null, memoryLimit: null };
  const [program = '', ...args] = confinedWords(['/bin/sh', '-c', ':'], confinement);
  const { status } = spawnSync(program, args, { cwd: '/', stdio: 'ignore' });
  return status === 0 ? undefined : 'this user may not move a process there';
}

function hasLimits({ folder, limits }: GroupOrder): boolean {
  return Object.entries(limits).every(([file, value]) => {
    const kept = readFileSync(join(folder, file), 'utf8').trim();
    // The kernel keeps memory in whole pages.
    return kept === value || Math.abs(Number(kept) - Number(value)) < PAGE_BYTES;
  });
}

/** Of the largest pages that kernels are built for. */
const PAGE_BYTES = 65_536;

function orderAt(wanted: WantedLimits, { parent, version, controllers }: Found): GroupOrder {
  const limits: Record<string, string> = {};
  const whereThere: Record<string, string> = {};
  const cores = controllers.includes('cpu') ? wanted.cpuCores : null;
  if (cores !== null) {
    const quotaUs = Math.round(cores * PERIOD_US);
    if (version === 2) limits['cpu.max'] = `${quotaUs} ${PERIOD_US}`;
    else Object.assign(limits, { 'cpu.cfs_period_us': `${PERIOD_US}`, 'cpu.cfs_quota_us': `${quotaUs}` });
  }
  const bytes = controllers.includes('memory') ? wanted.memoryBytes : null;
  if (bytes !== null) {
    limits[version === 2 ? 'memory.max' : 'memory.limit_in_bytes'] = `${bytes}`;
    // What does not fit would go to the disk, and a small limit be a slow one.
    if (version === 2) whereThere['memory.swap.max'] = '0';
    else whereThere['memory.memsw.limit_in_bytes'] = `${bytes}`;
  }
  return {
    folder: join(parent, newGroupName()),
    limits,
    whereThere,
    killsFile: bytes === null ? null : version === 2 ? 'memory.events' : 'memory.oom_control',
  };
}

function valueOf({ cpuCores, memoryBytes }: WantedLimits, controller: Controller): number | null {
  return controller === 'cpu' ? cpuCores : memoryBytes;
}

function wordsOf(file: string): string[] {
  return readFileSync(file, 'utf8').trim().split(/\s+/);
}
