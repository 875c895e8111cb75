import type { Difference } from '../../model/results/comparison.js';
import type { Environment } from '../../model/results/environment.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import type { RunRecord } from '../../model/results/run-record.js';

type Run = Omit<RunRecord, 'cells'>;

/** Where two runs differ in what may change their figures beside what is compared. */
export function differencesOf(base: Run, candidate: Run): Difference[] {
  return [
    ...differing('environment', environmentOf(base), environmentOf(candidate)),
    ...differing('configuration', configurationOf(base), configurationOf(candidate)),
  ];
}

/** What `auto` has come to: how the cells were really loaded. */
export function engineDifferences(
  base: readonly CellRecord[],
  candidate: readonly CellRecord[],
): Difference[] {
  return differing('configuration', engineOf(base), engineOf(candidate));
}

type Facts = ReadonlyMap<string, unknown>;

/** What the machine is, not what it happened to have free when the run began. */
const MACHINE = [
  'cpuModel',
  'cores',
  'cpuQuotaCores',
  'memoryBytes',
  'memoryLimitBytes',
  'kernel',
  'node',
  'openFilesLimit',
] as const;

function environmentOf({ tool, environment, owner }: Run): Facts {
  const machine = MACHINE.map((name): [keyof Environment, unknown] => [name, environment[name]]);
  return new Map<string, unknown>([['host', owner.host], ['toolVersion', tool.version], ...machine]);
}

/**
 * Keys of the configuration that name places or outputs, or that the cells themselves tell: loads, mixtures, worker
 * counts and resource cases are what cells are matched by.
 */
const WITHOUT_EFFECT = new Set([
  // Said by the cells, also of runs that did not know it.
  'http2',
  'out',
  'formats',
  'metricsPort',
  'folder',
  'allowRemote',
  'loads',
  'mixture',
  'workers',
  'cases',
  'target.folder',
  'target.port.kind',
  'target.port.number',
]);

function configurationOf({ config }: Run): Facts {
  return new Map(leavesOf(config).filter(([name]) => !isWithoutEffect(name)));
}

function isWithoutEffect(name: string): boolean {
  const [section = ''] = name.split('.');
  return WITHOUT_EFFECT.has(name) || WITHOUT_EFFECT.has(section);
}

/** Values by the path of their keys: `connection.keepAlive`. Lists count as values. */
function leavesOf(value: object, path: readonly string[] = []): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]): [string, unknown][] => {
    const here = [...path, key];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return [[here.join('.'), inner]];
    return leavesOf(inner, here);
  });
}

function engineOf(cells: readonly CellRecord[]): Facts {
  const every = (value: (cell: CellRecord) => string | number): string =>
    [...new Set(cells.map((cell) => String(value(cell))))].sort().join(', ');
  return new Map([
    ['client in effect', every(({ generator }) => generator.client)],
    ['pacing in effect', every(({ generator }) => generator.pacing)],
    ['protocol', every(({ generator }) => generator.protocol ?? 'HTTP/1.1')],
    ['threads in effect', every(({ generator }) => generator.threads)],
    ['cores limited by', every((cell) => cell.case?.cpuBy ?? 'nothing')],
    ['memory limited by', every((cell) => cell.case?.memoryBy ?? 'nothing')],
    ['achieved rate counts', every(countedAsAchieved)],
  ]);
}

/** Older versions left out what was answered after the window, which makes slow targets look as if they fell behind. */
function countedAsAchieved({ keepsUp }: CellRecord): string {
  return keepsUp === undefined ? 'answers inside the window' : 'all answers of what keeps up';
}

function differing(about: Difference['about'], base: Facts, candidate: Facts): Difference[] {
  return [...new Set([...base.keys(), ...candidate.keys()])]
    .map((name) => ({ about, name, base: base.get(name) ?? null, candidate: candidate.get(name) ?? null }))
    .filter((one) => JSON.stringify(one.base) !== JSON.stringify(one.candidate));
}
