import { plural } from '../kernel/format.js';
import { oneLine } from '../kernel/text.js';
import { formatDuration } from '../kernel/units.js';
import type { ComparedSide, Comparison } from '../model/results/comparison.js';
import { momentOf } from './moment-words.js';
import { NOT_KNOWN } from './table-model.js';

/** How changes are written. */
export const LEGEND =
  'Δ is the change from A to B: % of A, × times as much, pt percentage points; ≥ and ≤ mark what is only a bound.';

export interface SideWords {
  readonly label: 'A' | 'B';
  readonly role: string;
  readonly name: string;
  /** When, how many cells, of which commit. */
  readonly facts: string;
}

export function sidesOf({ base, candidate }: Comparison): readonly [SideWords, SideWords] {
  // Of two directories of one name only the whole path tells.
  const nameOf = (side: ComparedSide): string =>
    oneLine(base.name === candidate.name ? side.folder : side.name);
  return [
    { label: 'A', role: 'base', name: nameOf(base), facts: factsOf(base) },
    { label: 'B', role: 'candidate', name: nameOf(candidate), facts: factsOf(candidate) },
  ];
}

const COMMIT_DIGITS = 7;

function factsOf({ startedAt, cells, gitCommit }: ComparedSide): string {
  return [
    ...(startedAt === null ? [] : [momentOf(startedAt)]),
    plural(cells, 'cell'),
    ...(gitCommit === null ? [] : [`commit ${oneLine(gitCommit).slice(0, COMMIT_DIGITS)}`]),
  ].join(' · ');
}

/** What the reader must know first, in sentences. */
export function remarksOn(comparison: Comparison): string[] {
  const { base, candidate, isSameDirectory, differences, cells } = comparison;
  const same = isSameDirectory ? ['A and B are the same directory.'] : [];
  const ofBase = base.remarks.map((remark) => `A: ${oneLine(remark)}`);
  const ofCandidate = isSameDirectory ? [] : candidate.remarks.map((remark) => `B: ${oneLine(remark)}`);
  const unknown =
    differences === null
      ? ['Whether machine and configuration differ is not known: a results.json cannot be read.']
      : [];
  const nothing = cells.length === 0 ? ['No cell was measured on both sides.'] : [];
  return [...same, ...ofBase, ...ofCandidate, ...unknown, ...nothing];
}

/** Something beside the target that differs between the runs. */
export interface DifferenceWords {
  readonly name: string;
  readonly base: string;
  readonly candidate: string;
}

export function differenceWords({ differences }: Pick<Comparison, 'differences'>): DifferenceWords[] {
  return (differences ?? []).map(({ name, base, candidate }) => ({
    name: NAMES[name] ?? oneLine(name),
    base: valueWords(name, base),
    candidate: valueWords(name, candidate),
  }));
}

const NAMES: Readonly<Record<string, string>> = {
  cpuModel: 'processor',
  cpuQuotaCores: 'CPU quota of bench, cores',
  memoryBytes: 'memory',
  memoryLimitBytes: 'memory limit of bench',
  node: 'Node.js',
  openFilesLimit: 'open files limit',
  toolVersion: 'openapi-bench',
  warmupMs: 'warm-up',
  timeoutMs: 'timeout',
  maxConnections: 'connections at most',
  maxQueue: 'queue at most',
  'target.words': 'command of the target',
  'target.url': 'URL of the target',
  'target.kind': 'kind of target',
  'connection.keepAlive': 'connections kept',
};

const LONGEST_VALUE = 100;
const GIBIBYTE = 1024 ** 3;

function valueWords(name: string, value: unknown): string {
  const words = oneLine(wordsOf(name, value));
  return words.length > LONGEST_VALUE ? `${words.slice(0, LONGEST_VALUE)}…` : words;
}

function wordsOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return NOT_KNOWN;
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'none';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && name.endsWith('Ms')) return formatDuration(value);
  if (typeof value === 'number' && /^memory(Limit)?Bytes$/.test(name))
    return `${(value / GIBIBYTE).toFixed(1)} GiB`;
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(' ');
  return JSON.stringify(value);
}
