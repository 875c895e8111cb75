import type { ChangePoint, HistoryRun, Series } from '../../model/results/history.js';
import { shownValue, type Trend } from '../history/trends.js';
import { shownName } from '../shown-text.js';
import { html, NOTHING, type Markup } from './markup.js';

const WIDTH = 360;
const HEIGHT = 84;
const MARGIN = 5;
/** More would lie on one another, and make the page large. */
const MOST_POINTS = 100;

/** One figure over all runs from 0 up: its values, the levels between its change points, and these. */
export function trendChart(trend: Trend, runs: readonly HistoryRun[]): Markup {
  const { series, name, first, last } = trend;
  const place = placesFor(series, runs.length);
  const { values, changes } = series;
  const lastState = changes.at(-1)?.verdict.toLowerCase() ?? 'steady';
  return html`<figure class="trend ${lastState}">
    <figcaption>${name} <span class="soft">${first} … ${last}</span></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${name}: ${first} to ${last}">
      <line class="ground" x1="0" x2="${WIDTH}" y1="${HEIGHT - MARGIN}" y2="${HEIGHT - MARGIN}"></line>
      ${changes.map((change) => changeLine(change, place))}
      <polyline
        points="${values.map(({ run, value }) => `${place.x(run)},${place.y(value)}`).join(' ')}"
      ></polyline>
      ${levels(series).map(({ from, to, mean }) => levelLine(place, from, to, mean))}
      ${values.length > MOST_POINTS ? NOTHING : values.map((value) => point(value, trend, runs, place))}
    </svg>
  </figure>`;
}

function point(
  value: Series['values'][number],
  { series }: Trend,
  runs: readonly HistoryRun[],
  place: Places,
): Markup {
  const label = `${shownName(runs[value.run]?.name ?? '')}: ${shownValue(series, value)}`;
  return html`<circle cx="${place.x(value.run)}" cy="${place.y(value.value)}" r="2"
    ><title>${label}</title></circle
  >`;
}

interface Places {
  /** Of the middle of a run, by its place. */
  readonly x: (run: number) => string;
  readonly y: (value: number) => string;
  /** Of the gap before a run. */
  readonly before: (run: number) => string;
}

function placesFor({ values }: Series, runs: number): Places {
  const highest = Math.max(0, ...values.map(({ value }) => value)) || 1;
  const lowest = Math.min(0, ...values.map(({ value }) => value));
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, runs - 1);
  const share = (value: number): number => (value - lowest) / (highest - lowest);
  return {
    x: (run) => (MARGIN + run * step).toFixed(1),
    before: (run) => (MARGIN + (run - 0.5) * step).toFixed(1),
    y: (value) => (HEIGHT - MARGIN - share(value) * (HEIGHT - 2 * MARGIN)).toFixed(1),
  };
}

function changeLine({ run, verdict }: ChangePoint, place: Places): Markup {
  const x = place.before(run);
  return html`<line
    class="change-point ${verdict.toLowerCase()}"
    x1="${x}"
    x2="${x}"
    y1="0"
    y2="${HEIGHT}"
  ></line>`;
}

interface LevelSpan {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
}

/** Between two change points each; none where nothing has changed. */
function levels({ changes, values }: Series): LevelSpan[] {
  const [first] = changes;
  if (first === undefined) return [];
  const starts = [values[0]?.run ?? 0, ...changes.map(({ run }) => run)];
  const means = [first.before.mean, ...changes.map(({ after }) => after.mean)];
  const lastRun = values.at(-1)?.run ?? 0;
  return starts.map((from, at) => ({
    from,
    to: changes[at]?.previousRun ?? lastRun,
    mean: means[at] ?? 0,
  }));
}

function levelLine(place: Places, from: number, to: number, mean: number): Markup {
  if (from === to) return NOTHING;
  const y = place.y(mean);
  return html`<line class="level" x1="${place.x(from)}" x2="${place.x(to)}" y1="${y}" y2="${y}"></line>`;
}
