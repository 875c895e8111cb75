import { Chalk, type ChalkInstance } from 'chalk';
import { formatFigure } from '../../kernel/format.js';
import type { EngineFitness, Fitness } from '../../model/fitness.js';
import { drawColumns } from './draw-columns.js';
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
  const paintState = verdict.state === 'fit' ? paint.green : paint.red;
  return [
    `${paint.bold('Machine')}  ${environment.cpuModel}, Node ${environment.node}, ${environment.kernel}`,
    ...remarkLines,
    '',
    paint.bold('Engine against a server that does nothing; lag, response, CPU at 1000/s'),
    ...engineLines(engine, paint),
    '',
    ...wrapWords(`${verdict.state.toUpperCase()}: ${verdict.message}`, width).map((line) => paintState(line)),
  ].join('\n');
}

function engineLines(engine: readonly EngineFitness[], paint: ChalkInstance): string[] {
  const rows = engine.map(rowOf);
  const columns = HEADERS.map((heading, at) => ({
    width: Math.max(...heading.map((line) => line.length), ...rows.map((row) => row[at]?.length ?? 0)),
    align: at === 1 || at === 2 ? ('left' as const) : ('right' as const),
  }));
  const headings = HEADERS.map((heading) => heading.map((line) => paint.dim(line)));
  return drawColumns([headings, ...rows.map((row) => row.map((text) => [text]))], columns, 2);
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
