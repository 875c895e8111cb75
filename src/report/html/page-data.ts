import { askedOf } from '../../model/results/subject.js';
import { shownFigure } from '../../model/figures/figure.js';
import { figuresOf } from '../../model/figures/gauge-figures.js';
import { figuresIn, type Shown } from '../../model/figures/index.js';
import { axisOf, loadName, sizeOf, type Load } from '../../model/loads/index.js';
import type { PageCell, PageData, PageMetric, PageRun } from '../../model/report/page-data.js';
import type { Report, ReportCell } from '../../model/report/report.js';
import type { CaseLimits } from '../../model/results/resource-case.js';
import type { CellRecord } from '../../model/results/cell-record.js';
import { shownName } from '../shown-text.js';
import { pageLimits } from './page-limits.js';
import { pageHeat } from './page-heat.js';
import { pageSeries } from './page-series.js';
import { pageSpectrum } from './page-spectrum.js';
import { rounded, roundedDown } from './round-figures.js';

/** What the page's script draws, of one run or of several to be laid over one another, the base first. */
export function pageData(reports: readonly Report[]): PageData {
  const names = distinctNames(reports);
  const records = reports.flatMap(({ cells }) => cells.map(({ record }) => record));
  const charted = figuresIn('charted', ([place]) => place, figuresOf(records));
  const across = records.flatMap(({ load }) => axisOf(load) ?? []).at(0) ?? null;
  return {
    runs: reports.map((report, position) => pageRun(report, position, { names, charted, across })),
    across: across && { name: across.name, title: across.title },
    metrics: charted.map(metricOf),
    limits: pageLimits(reports, charted, names),
  };
}

interface Shared {
  /** What the charts call each operation. */
  readonly names: ReadonlyMap<string, string>;
  readonly charted: readonly Shown<'charted'>[];
  readonly across: ReturnType<typeof axisOf>;
}

function metricOf({ id, title, unit, charted: [, scale] }: Shown<'charted'>): PageMetric {
  return { id, title, unit: unit.symbol, scale: scale ?? 'linear' };
}

/** What the charts call each operation; those whose shown names are the same get numbers, or they would be one line. */
function distinctNames(reports: readonly Report[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const { record } of reports.flatMap(({ cells }) => cells)) {
    const { id } = record.subject;
    if (names.has(id)) continue;
    const shown = shownName(id);
    const times = (taken.get(shown) ?? 0) + 1;
    taken.set(shown, times);
    names.set(id, times === 1 ? shown : `${shown} (${times})`);
  }
  return names;
}

/** As JSON that nothing in it can end, since it stands in a script element, nor turn the direction of. */
export function pageJson(data: object): string {
  return JSON.stringify(data).replace(/[<\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function pageRun({ cells }: Report, position: number, shared: Shared): PageRun {
  const label = String.fromCharCode('A'.charCodeAt(0) + position);
  return { label, cells: cells.map((cell) => pageCell(cell, shared)) };
}

function pageCell({ record, buckets, spectra }: ReportCell, { names, charted, across }: Shared): PageCell {
  const { load, latencyMs, case: limits } = record;
  const { id, method, path } = askedOf(record.subject);
  return {
    id: record.id,
    endpoint: names.get(id) ?? '',
    method: shownName(method),
    path: shownName(path),
    workers: record.workers,
    ...(limits === undefined ? {} : { case: pageCase(limits) }),
    repeat: record.repeat,
    load: loadName(load),
    targetRps: record.window.plannedRps === null ? null : rounded(record.window.plannedRps, METRIC_DIGITS),
    place: placeOf(load, across),
    verdict: record.verdict.state,
    planned: record.counts.planned,
    censored: latencyMs.response.censored,
    ...pageMetrics(record, charted),
    spectra: {
      response: pageSpectrum(spectra.response, latencyMs.response),
      service: pageSpectrum(spectra.service, latencyMs.service),
      sendLag: pageSpectrum(spectra.sendLag, latencyMs.sendLag),
    },
    series: pageSeries(record),
    heat: pageHeat(buckets),
  };
}

function pageCase({ name, cpuCores, memoryBytes }: CaseLimits): CaseLimits {
  return { name: shownName(name), cpuCores, memoryBytes };
}

/** Tables and tooltips show these, so they keep more digits than a line does. */
const METRIC_DIGITS = 6;

function pageMetrics(
  cell: CellRecord,
  charted: Shared['charted'],
): Pick<PageCell, 'metrics' | 'lowerBounds'> {
  const metrics: Record<string, number | null> = {};
  const lowerBounds: string[] = [];
  for (const definition of charted) {
    const { id, unit } = definition;
    const figure = shownFigure(definition, cell);
    const isRoundedDown = figure?.isLowerBound === true || unit.symbol === '%';
    metrics[id] = figure && (isRoundedDown ? roundedDown : rounded)(figure.value, METRIC_DIGITS);
    if (figure?.isLowerBound === true) lowerBounds.push(id);
  }
  return { metrics, lowerBounds };
}

/** Loads of another kind have no place among these. */
function placeOf(load: Load, across: Shared['across']): PageCell['place'] {
  const axis = axisOf(load);
  return axis === null || axis.name !== across?.name ? null : { x: sizeOf(load), label: axis.label };
}
