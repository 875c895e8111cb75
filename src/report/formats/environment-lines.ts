import { oneLine } from '../../kernel/text.js';
import type { Report } from '../../model/report/report.js';

const MOST_OF_A_COMMAND = 2000;

/** What must be known to judge a run or to repeat it; empty when it is not stored. */
export function environmentLines({ name, run }: Report): (readonly [name: string, value: string])[] {
  const results = ['results', oneLine(name)] as const;
  if (run === null) return [results];
  const { tool, environment } = run;
  return [
    results,
    ['command', shortened(['bench', ...run.command].map(shellWord).join(' '))],
    ['tool', oneLine(`${tool.name} ${tool.version}`)],
    ['startedAt', run.startedAt],
    ['status', run.status],
    ['node', oneLine(environment.node)],
    ['cpuModel', oneLine(environment.cpuModel)],
    ['cores', String(environment.cores)],
    ...(typeof environment.cpuQuotaCores === 'number'
      ? [['cpuQuotaCores', String(environment.cpuQuotaCores)] as const]
      : []),
    ['memoryBytes', String(environment.memoryBytes)],
    ['kernel', oneLine(environment.kernel)],
    ['loadAverage1m', String(environment.loadAverage1m)],
    ['gitCommit', oneLine(environment.gitCommit ?? '–')],
  ];
}

function shellWord(word: string): string {
  const line = oneLine(word);
  return /^[\w@%+=:,./-]+$/.test(line) ? line : `'${line.replaceAll("'", "'\\''")}'`;
}

function shortened(text: string): string {
  return text.length <= MOST_OF_A_COMMAND ? text : `${text.slice(0, MOST_OF_A_COMMAND)} …`;
}
