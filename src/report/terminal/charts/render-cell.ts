import { requestWords } from '../../../model/results/subject.js';
import { coresInWords, formatFigure } from '../../../kernel/format.js';
import type { VerdictState } from '../../../model/results/verdict.js';
import { latencyFigure } from '../../../model/figures/latency-figures.js';
import { CORE_PERCENT, MEGABYTES, unitOf, type FigureUnit } from '../../../model/figures/units.js';
import type { GaugeSummary } from '../../../model/results/gauges.js';
import type { ReportCell } from '../../../model/report/report.js';
import type { CellRecord } from '../../../model/results/cell-record.js';
import { fullTitle } from '../../../model/figures/gauge-owners.js';
import { keepsUpStory } from '../../keeps-up-words.js';
import { loadTarget, loadTitle } from '../../../model/loads/index.js';
import { tellingSuccessLatency } from '../../success-latency.js';
import { remediesFor } from '../../table-model.js';
import { probeWords } from '../../probe-words.js';
import { workersLine } from '../../worker-table.js';
import { drawHistogram } from './cell-histogram.js';
import { drawSeries } from './cell-series.js';
import { drawSpectrum } from './cell-spectrum.js';
import { chartStyle, figureText, type ChartOptions, type ChartStyle } from './chart-style.js';
import { sizingText } from '../../sizing-words.js';
import { shownName } from '../../shown-text.js';
import { fitted, fittedRight, shortened, wrapped } from './display-width.js';
import { plainCharacters } from './plain-characters.js';

/** One cell in full, its verdict last. No line is wider than the terminal (from 40 columns on). */
export function renderCell(cell: ReportCell, options: ChartOptions): string {
  const style = chartStyle(options);
  const { record } = cell;
  const parts = [
    titleOf(record, style),
    drawSeries(record, style),
    drawHistogram(cell, style),
    drawSpectrum(cell, style),
    latencies(record, style),
    outcomes(record, style),
    costs(record, style),
    verdict(record, style),
  ];
  const text = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return options.unicode ? text : plainCharacters(text);
}

function titleOf(cell: CellRecord, style: ChartStyle): string[] {
  const { id, subject, load, repeat } = cell;
  const parts = [sizingText(cell), ...(repeat > 1 ? [`repeat ${repeat}`] : [])];
  return [
    style.paint.bold(shortened(shownName(id), style.width)),
    shortened(shownName(requestWords(subject)), style.width),
    ...wrapped([loadTitle(load), ...parts].join(' · '), style.width),
  ];
}

const FIGURES = ['p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'max', 'mean'] as const;
const LATENCIES = [
  ['response', 'response'],
  ['successes', 'succeeded'],
  ['service', 'service'],
  ['queue wait', 'queueWait'],
  ['send lag', 'sendLag'],
] as const;
const NAME_COLUMNS = 10;

/** Response time beside what it is made of (the wait for a connection, the service, our own lag), and that of successes. */
function latencies(record: CellRecord, style: ChartStyle): string[] {
  const { state } = record.verdict;
  const rows = LATENCIES.flatMap(([name, key]) => {
    const figures = key === 'succeeded' ? tellingSuccessLatency(record) : record.latencyMs[key];
    if (figures === undefined) return [];
    return [{ name, texts: FIGURES.map((one) => figureText(latencyFigure(figures, one), style, state)) }];
  });
  const heads = FIGURES.map((figure) => (figure === 'p999' ? 'p99.9' : figure));
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map(({ texts }) => texts[at]?.length ?? 0)),
  );
  const blocks = blocksOf(widths, style.width - NAME_COLUMNS);
  const lines = blocks.flatMap(({ from, to }) => {
    const line = (name: string, texts: readonly string[]): string =>
      fitted(name, NAME_COLUMNS) +
      widths
        .slice(from, to)
        .map((columns, at) => fittedRight(texts[from + at] ?? '', columns + 1))
        .join('');
    return [style.paint.dim(line('', heads)), ...rows.map(({ name, texts }) => line(name, texts))];
  });
  return [style.paint.bold('Latencies, ms'), ...lines];
}

/** Columns of figures in as many blocks as they need to fit. */
function blocksOf(widths: readonly number[], room: number): { from: number; to: number }[] {
  const blocks: { from: number; to: number }[] = [];
  let from = 0;
  let used = 0;
  for (const [at, columns] of widths.entries()) {
    if (used > 0 && used + columns + 1 > room) {
      blocks.push({ from, to: at });
      from = at;
      used = 0;
    }
    used += columns + 1;
  }
  return [...blocks, { from, to: widths.length }];
}

function outcomes(record: CellRecord, style: ChartStyle): string[] {
  const { counts, statusCodes, failures, achievedRps, load } = record;
  const list = (title: string, entries: readonly (readonly [string, number])[]): string[] => {
    const parts = entries.map(([name, count]) => `${shownName(name)} ${count}`);
    return parts.length === 0 ? [] : wrapped(`${title}: ${parts.join(' · ')}`, style.width);
  };
  const byCount = (record: Readonly<Record<string, number>>): [string, number][] =>
    Object.entries(record).sort(([, a], [, b]) => b - a);
  const { planned, sent, completed, succeeded, failed, timedOut, dropped, unfinished } = counts;
  const target = record.window.plannedRps === null ? '' : ` of ${loadTarget(load)}`;
  const rate = `Achieved: ${formatFigure(achievedRps)}${target} req/s · ${keepsUpStory(record)}`;
  return [
    ...wrapped(rate, style.width),
    ...list('Requests', [
      ['planned', planned],
      ['sent', sent],
      ['completed', completed],
    ]),
    ...list('Of the planned', [
      ['succeeded', succeeded],
      ['failed', failed],
      ['timed out', timedOut],
      ['dropped', dropped],
      ['unfinished', unfinished],
    ]),
    ...list('Status codes', byCount(statusCodes)),
    ...list('Failures by kind', byCount(failures)),
  ];
}

const CPU = 'target.cpu';
const MEMORY = 'target.memory';
const PSS = 'target.memory.pss';
/** Those that have words of their own, or none. */
const NAMED: ReadonlySet<string> = new Set([CPU, MEMORY, PSS, 'target.processes']);

/** What the target cost; shared pages are why two figures of its memory may differ widely. */
function costs(cell: CellRecord, { width, paint }: ChartStyle): string[] {
  const { gauges, cpuQuota } = cell;
  const { [CPU]: cpu, [MEMORY]: memory, [PSS]: pss } = gauges;
  const others = Object.entries(gauges).filter(([id]) => !NAMED.has(id));
  const quota = cpuQuota?.target ? `, of a quota of ${coresInWords(cpuQuota.target.cores)}` : '';
  const shared = pss ? ` · PSS (shared pages counted once) ${meanAndPeak(pss, MEGABYTES)}` : '';
  const workers = workersLine(cell);
  const looks = probeWords([cell]);
  const lines = [
    ...(cpu ? [`CPU of the target: ${meanAndPeak(cpu, CORE_PERCENT, ' %')}${quota}`] : []),
    ...(memory ? [`Memory of the target, MB: RSS ${meanAndPeak(memory, MEGABYTES)}${shared}`] : []),
    ...others.map(([id, gauge]) => {
      const unit = unitOf(gauge.unit);
      const title = fullTitle({ id, title: gauge.title });
      const symbol = unit.symbol === '' ? '' : `, ${unit.symbol}`;
      return shownName(`${title}${symbol}: ${meanAndPeak(gauge, unit)}`);
    }),
  ];
  return [
    ...[...lines, ...(workers === undefined ? [] : [workers])].flatMap((line) => wrapped(line, width)),
    ...(looks === undefined ? [] : wrapped(`Probes: ${looks}`, width).map((line) => paint.dim(line))),
  ];
}

function meanAndPeak({ mean, max }: GaugeSummary, { format }: FigureUnit, symbol = ''): string {
  const known = mean === null ? [] : [`mean ${format(mean)}${symbol}`];
  return [...known, `peak ${format(max)}${symbol}`].join(', ');
}

function verdict(record: CellRecord, { paint, width }: ChartStyle): string[] {
  const { state, reasons } = record.verdict;
  const color: Record<VerdictState, (text: string) => string> = {
    VALID: paint.green,
    SUSPECT: paint.yellow,
    INVALID: paint.red,
  };
  const points = [
    ...reasons.map(({ id, message }) => `${id}: ${message}`),
    ...remediesFor([record]).map(({ id, remedy }) => `what to do about ${id}: ${remedy}`),
  ];
  const lines = points.flatMap((text) =>
    wrapped(shownName(text), width - 4).map((line, at) => `${at === 0 ? '  · ' : '    '}${line}`),
  );
  return [`Verdict: ${color[state](state)}`, ...lines];
}
