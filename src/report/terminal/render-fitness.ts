import { Chalk } from 'chalk';
import { formatFigure } from '../../kernel/format.js';
import type { EngineFitness, Fitness } from '../../model/results/fitness.js';
import { LineTable } from './line-table.js';
import type { TerminalOptions } from './render-tables.js';
import { wrapWords } from './wrap-name.js';

const HEADERS = [
  ['Threads', ''],
  ['Client', ''],
  ['Pacing', ''],
  ['Send lag', 'p50 ms'],
  ['Send lag', 'p99 ms'],
  ['Response', 'p50 ms'],
  ['Response', 'p99 ms'],
  ['CPU', '%'],
  ['Highest', 'req/s'],
] as const;

/** What `bench doctor` has found: the machine, what the engine can do on it, and the verdict. */
export function renderFitness(fitness: Fitness, { width, color }: TerminalOptions): string {
  const paint = new Chalk({ level: color ? 1 : 0 });
  const { environment, remarks, engine, verdict } = fitness;
  const about = Math.max(...remarks.map((remark) => remark.about.length));
  const remarkLines = remarks.flatMap((remark) => {
    const mark = remark.state === 'fine' ? paint.green('✓') : paint.yellow('!');
    const lines = wrapWords(remark.message, width - about - 6);
    return lines.map(
      (line, at) =>
        `  ${at === 0 ? mark : ' '} ${at === 0 ? remark.about.padEnd(about) : ' '.repeat(about)}  ${line}`,
    );
  });
  const table = new LineTable({
    gap: 2,
    aligns: HEADERS.map((_, at) => (at === 1 || at === 2 ? 'left' : 'right')),
  });
  table.push(HEADERS.map((heading) => heading.map((line) => paint.dim(line))));
  for (const way of engine) table.push(rowOf(way).map((text) => [text]));
  const paintState = verdict.state === 'fit' ? paint.green : paint.red;
  return [
    `${paint.bold('Machine')}  ${environment.cpuModel}, Node ${environment.node}, ${environment.kernel}`,
    ...remarkLines,
    '',
    paint.bold('Engine against a server that does nothing; lag, response, CPU at 1000/s'),
    ...table.toLines(),
    '',
    ...wrapWords(`${verdict.state.toUpperCase()}: ${verdict.message}`, width).map((line) => paintState(line)),
  ].join('\n');
}

function rowOf({ threads, client = 'wire', pacing, floor, highestRatePerSecond }: EngineFitness): string[] {
  const { sendLagMs, responseMs, cpuPercent } = floor;
  const milliseconds = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  return [
    String(threads),
    client,
    pacing,
    milliseconds(sendLagMs.p50),
    milliseconds(sendLagMs.p99),
    milliseconds(responseMs.p50),
    milliseconds(responseMs.p99),
    formatFigure(cpuPercent),
    String(highestRatePerSecond),
  ];
}
