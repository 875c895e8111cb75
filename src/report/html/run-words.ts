import { isObject } from '../../kernel/is-object.js';
import { coresInWords, plural } from '../../kernel/format.js';
import type { Report } from '../../model/report/report.js';

type Run = NonNullable<Report['run']>;

/** What was tested: the scenario; a server that already ran goes by its address. */
export function subjectOf({ run, name }: Report): string {
  const target = run?.config['target'];
  if (isObject(target) && target['kind'] === 'url' && typeof target['url'] === 'string') return target['url'];
  const scenario = run?.config['scenario'];
  return typeof scenario === 'string' && scenario !== '' ? scenario : name;
}

/** How long the run took: `1 min 46 s`; `null` when it has no end. */
export function lengthOf({ startedAt, finishedAt }: Run): string | null {
  return finishedAt === null ? null : formatLength(Date.parse(finishedAt) - Date.parse(startedAt));
}

function formatLength(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** The command as a shell takes it. */
export function commandLine(words: readonly string[]): string {
  return ['bench', ...words.map(quoted)].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

const GIBIBYTE = 1024 ** 3;

/** The machine and what ran on it: what it is called, and what it is. */
export function environmentFacts({ environment, tool, owner, config }: Run): [string, string][] {
  const { openFilesLimit, freeFiles, gitCommit, cpuQuotaCores, memoryLimitBytes } = environment;
  const quota =
    typeof cpuQuotaCores === 'number' ? `, of which a quota left bench ${coresInWords(cpuQuotaCores)}` : '';
  const memoryLimit =
    typeof memoryLimitBytes === 'number' ? `, of which bench could use ${inGibibytes(memoryLimitBytes)}` : '';
  return [
    ['Processor', `${environment.cpuModel}, ${plural(environment.cores, 'core')}${quota}`],
    ['Memory', `${inGibibytes(environment.memoryBytes)}${memoryLimit}`],
    ['System', environment.kernel],
    ['Host', owner.host],
    ['Load average at the start', environment.loadAverage1m.toFixed(2)],
    ['Open files', `limit ${openFilesLimit ?? 'not known'}, ${freeFiles ?? 'not known'} free`],
    ['Node.js', environment.node],
    ['openapi-bench', tool.version],
    ['Git commit', gitCommit ?? 'none'],
    ['Seed', typeof config['seed'] === 'number' ? String(config['seed']) : 'not known'],
  ];
}

function inGibibytes(bytes: number): string {
  return `${(bytes / GIBIBYTE).toFixed(1)} GiB`;
}
