import { codeOf } from '../../kernel/errors.js';
import { nameOfProcess } from './name-of-process.js';
import { processTable, type ProcessEntry, type ProcessTable } from './process-table.js';

/** Set in the target's environment to an id of this start, so every process that inherits it can be recognised. */
export const MARK_VARIABLE = 'OPENAPI_BENCH_TARGET';

/** How to recognise a target's processes: any one of these signs makes a member, and so does descent from a member. */
export interface FamilySigns {
  /** Process ids that are known to belong. */
  readonly roots: readonly number[];
  /** Leads the target's own session and process group; null when others started it. */
  readonly leader: number | null;
  /** Value of `MARK_VARIABLE`: daemons that left their session, group and parent still carry it. */
  readonly mark: string | null;
  /** The process that adopts the target's orphans; null where process 1 does. */
  readonly adopter: number | null;
  /** Children of the adopter that do not belong to the target. */
  readonly helpers: readonly number[];
}

/** How often strangers are read again, because process ids are reused. */
const LOOKS_UNTIL_ALL = 20;

/** All processes of one target. Measuring and ending it both use this one definition. */
export class ProcessFamily {
  /** Process id → start time of the roots and of all members at the last look: once a member, always a member. */
  private known = new Map<number, string>();
  private strangers = new Set<number>();
  private looks = 0;

  constructor(
    private readonly signs: FamilySigns,
    private readonly table: ProcessTable = processTable,
  ) {}

  /** The living members. Cheap enough for twice a second: only members and new processes are read. */
  members(): readonly ProcessEntry[] {
    // A stranger stays one: nobody joins a family's session, parents or environment later on.
    if (this.looks % LOOKS_UNTIL_ALL === 0) this.strangers = new Set();
    this.looks += 1;
    const all = this.table.read(this.strangers);
    const members = all.filter((entry) => this.isMember(entry));
    addDescendants(members, all);
    const pids = new Set(members.map(({ pid }) => pid));
    for (const { pid } of all) if (!pids.has(pid)) this.strangers.add(pid);
    const roots = [...this.known].filter(([pid]) => this.signs.roots.includes(pid));
    this.known = new Map([...roots, ...members.map(({ pid, startedAt }) => [pid, startedAt] as const)]);
    return members;
  }

  pids(): number[] {
    return this.members().map(({ pid }) => pid);
  }

  /** The same, but strangers are read again: one may have been seen before its exec. */
  pidsLookedAtAnew(): number[] {
    this.looks = 0;
    return this.pids();
  }

  lives(): boolean {
    return this.members().length > 0;
  }

  /** The living members for messages, the one that was started first. */
  commands(): string[] {
    const { leader } = this.signs;
    const pids = this.pids().sort((a, b) => Number(b === leader) - Number(a === leader));
    return pids.map((pid) => nameOfProcess(pid, this.table));
  }

  /**
   * Processes outside the family that started members of it, such as a process manager that was already running: they may
   * start them again. Orphans are not meant, whichever process adopted them: that is process 1 or an ancestor of the supervisor.
   */
  outsideParents(): number[] {
    const { adopter } = this.signs;
    if (adopter === null) return [];
    const members = this.members();
    const parents = new Map(this.table.read().map(({ pid, parent }) => [pid, parent]));
    const expected = new Set([1, adopter, ...members.map(({ pid }) => pid)]);
    for (let pid = parents.get(adopter); pid !== undefined && !expected.has(pid); pid = parents.get(pid))
      expected.add(pid);
    const outside = members.map(({ parent }) => parent).filter((pid) => pid > 0 && !expected.has(pid));
    return [...new Set(outside)];
  }

  /** Sends a signal to every member. */
  signal(name: NodeJS.Signals): void {
    const { leader } = this.signs;
    // Read before the parents die: orphans in another session may not be found afterwards.
    const members = this.members();
    // The whole group at once, so that no member can fork in between.
    const hasGroup = leader !== null && members.some(({ group }) => group === leader);
    if (hasGroup) send(-leader, name);
    for (const { pid, group } of members) if (!hasGroup || group !== leader) send(pid, name);
  }

  private isMember({ pid, parent, group, session, startedAt }: ProcessEntry): boolean {
    const { roots, leader, mark, adopter, helpers } = this.signs;
    if (helpers.includes(pid)) return false;
    const knownStart = this.known.get(pid);
    if (knownStart !== undefined) return knownStart === startedAt;
    if (roots.includes(pid)) return true;
    if (leader !== null && (group === leader || session === leader)) return true;
    if (adopter !== null && parent === adopter) return true;
    return mark !== null && this.table.hasVariable(pid, MARK_VARIABLE, mark);
  }
}

function addDescendants(members: ProcessEntry[], all: readonly ProcessEntry[]): void {
  const childrenOf = new Map<number, ProcessEntry[]>();
  for (const entry of all) childrenOf.set(entry.parent, [...(childrenOf.get(entry.parent) ?? []), entry]);
  const pids = new Set(members.map(({ pid }) => pid));
  for (const { pid } of members) {
    for (const child of childrenOf.get(pid) ?? []) {
      if (pids.has(child.pid)) continue;
      pids.add(child.pid);
      members.push(child);
    }
  }
}

/** False when there is no such process or group any more. */
export function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    // ESRCH means that it is gone; anything else (EPERM) means that it lives.
    return codeOf(error) !== 'ESRCH';
  }
}
