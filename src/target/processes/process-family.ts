import { codeOf } from '../../kernel/errors.js';
import { nameOfProcess } from './name-of-process.js';
import { processTable, type ProcessEntry, type ProcessTable } from './process-table.js';

/** Names, in the environment of all that a target starts, the start that they belong to. */
export const MARK_VARIABLE = 'OPENAPI_BENCH_TARGET';

/** What tells the processes of a target from all others: any of these, and then all descendants. */
export interface FamilySigns {
  /** Known by their ids. */
  readonly roots: readonly number[];
  /** Led a session and a process group of its own; null when it was started by others. */
  readonly leader: number | null;
  /** Value of `MARK_VARIABLE`, which those that left session, group and parents still carry. */
  readonly mark: string | null;
  /** Gets the orphans of the target as its children; null where the system gives them to process 1. */
  readonly adopter: number | null;
  /** Children of the adopter that are not the target's. */
  readonly helpers: readonly number[];
}

/** Every so many looks strangers are looked at again, for the case that their ids were used again. */
const LOOKS_UNTIL_ALL = 20;

/** All processes of one target: the one notion of them, for those who measure them and who end them. */
export class ProcessFamily {
  /** Process id → start, of all members at the last look and of the roots: once a member, always one. */
  private known = new Map<number, string>();
  private strangers = new Set<number>();
  private looks = 0;

  constructor(
    private readonly signs: FamilySigns,
    private readonly table: ProcessTable = processTable,
  ) {}

  /** Those that live now. Cheap enough for twice a second: only members and new processes are read. */
  members(): readonly ProcessEntry[] {
    // A stranger stays one, since nobody gets a parent, a session or an environment of the family later on.
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

  /** The same, with another look at those that were strangers: one may have been seen before it was what it is now. */
  pidsLookedAtAnew(): number[] {
    this.looks = 0;
    return this.pids();
  }

  lives(): boolean {
    return this.members().length > 0;
  }

  /** The commands of those that live now, for messages: what was started comes first. */
  commands(): string[] {
    const { leader } = this.signs;
    const pids = this.pids().sort((a, b) => Number(b === leader) - Number(a === leader));
    return pids.map((pid) => nameOfProcess(pid, this.table));
  }

  /** Sends a signal to all of them. */
  signal(name: NodeJS.Signals): void {
    const { leader } = this.signs;
    // Looked at before the parents die: an orphan of another session may not be found any more.
    const members = this.members();
    // The group at once, so that none of it can start another one in between.
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
    // ESRCH is the news asked for; anything else (EPERM) means that it lives on without us.
    return codeOf(error) !== 'ESRCH';
  }
}
