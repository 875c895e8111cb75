import { formatFigure, percent } from '../../../kernel/format.js';
import type { ReportCell } from '../../../model/report/report.js';
import { bar } from './bar.js';
import type { ChartStyle } from './chart-style.js';
import { fittedRight } from './display-width.js';
import { bucketsOf, type Bucket } from './distribution-chart.js';
import { headingOf } from './draw-bars.js';
import { largestOf } from './scale.js';

interface Bin {
  readonly label: string;
  readonly count: number;
}

/** Edges in each factor of ten: about as far from one another on a logarithmic scale. */
const EDGES = [
  [1, 2, 5],
  [1, 1.5, 2.2, 3.3, 4.7, 6.8],
  [1, 1.2, 1.5, 1.8, 2.2, 2.7, 3.3, 3.9, 4.7, 5.6, 6.8, 8.2],
] as const;
const FEWEST_BINS = 8;

/** How many answers took how long; below them, those that never ended. */
export function drawHistogram(cell: ReportCell, style: ChartStyle): string[] {
  const { counts, latencyMs } = cell.record;
  const bins = binsOf(cell);
  if (bins.length === 0) return [];
  const censored = latencyMs.response.censored;
  const all = censored > 0 ? [...bins, { label: 'no end', count: censored }] : bins;
  const most = largestOf(all.map(({ count }) => count));
  const labelColumns = Math.max(...all.map(({ label }) => label.length));
  const countColumns = Math.max(...all.map(({ count }) => String(count).length));
  const barColumns = Math.max(5, Math.min(80, style.width - labelColumns - countColumns - SHARE_COLUMNS - 3));
  const rows = all.map(({ label, count }) => {
    const share = counts.planned > 0 ? `${percent(Math.min(1, count / counts.planned))} %` : '';
    const figures = `${fittedRight(String(count), countColumns)} ${fittedRight(share, SHARE_COLUMNS)}`;
    return `${fittedRight(label, labelColumns)} ${bar(count / most, barColumns)} ${figures}`;
  });
  const explanation = 'linear, requests and their share of the plan';
  return [...headingOf({ title: 'Histogram of response times, ms', explanation }, style), ...rows];
}

const SHARE_COLUMNS = 8;

function binsOf(cell: ReportCell): Bin[] {
  const buckets = bucketsOf([cell]);
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  const edges = edgesBetween(middleOf(first), middleOf(last));
  const counts = edges.slice(1).map((edge, at) => ({
    label: `${edgeText(edges[at] ?? 0)}–${edgeText(edge)}`,
    count: buckets
      .filter((bucket) => middleOf(bucket) >= (edges[at] ?? 0) && middleOf(bucket) < edge)
      .reduce((sum, { count }) => sum + count, 0),
  }));
  return counts;
}

/** Stored buckets are narrower than the bins but share no edges with them. */
function middleOf({ lowMs, highMs }: Bucket): number {
  return (lowMs + highMs) / 2;
}

/** The fewest edges that tell enough, from below the lowest to above the highest value. */
function edgesBetween(low: number, high: number): number[] {
  const candidates = EDGES.map((steps) => {
    const from = Math.floor(Math.log10(low));
    const to = Math.floor(Math.log10(high)) + 1;
    const all: number[] = [];
    for (let power = from; power <= to; power += 1)
      all.push(...steps.map((step) => Number(`${step}e${power}`)));
    const start = all.findLastIndex((edge) => edge <= low);
    const end = all.findIndex((edge) => edge > high);
    return all.slice(start, end + 1);
  });
  return candidates.find((edges) => edges.length > FEWEST_BINS) ?? candidates.at(-1) ?? [];
}

function edgeText(edge: number): string {
  return edge >= 0.01 ? formatFigure(edge) : String(edge);
}
