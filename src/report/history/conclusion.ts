import { plural } from '../../kernel/format.js';
import type { History, SeriesState } from '../../model/results/history.js';
import { momentOf } from '../moment-words.js';
import { cellWords, listedRuns, type ListedPoint, type ListedRun } from './listed-points.js';

/** What changed, when, by how much and with which commit, in two sentences at most; the state first. */
export function historyConclusion(history: History): string {
  const { outcome, runs, options } = history;
  const newest = `the newest ${options.recentRuns} of ${plural(runs.length, 'run')}`;
  const among = runs.length > options.recentRuns ? `among ${newest}` : `over ${plural(runs.length, 'run')}`;
  switch (outcome.state) {
    case 'REGRESSED':
    case 'IMPROVED':
    case 'CHANGED':
      return `${outcome.state}: ${leading(history, outcome.state)}. ${numbers(history, among)}`;
    case 'SUSPECT':
      return `SUSPECT: ${leading(history, 'SUSPECT')}; among ${plural(history.series.length, 'figure')} of cells, chance makes such a change point: more runs will tell.`;
    case 'UNCHANGED':
      return `UNCHANGED: no figure has a change point of ${options.minMagnitudePercent} % or more ${among}.${older(history)}`;
    case 'INCONCLUSIVE':
      return `INCONCLUSIVE: change points need six runs of the same cell, and ${most(history)}.`;
  }
}

/** The largest change of the newest run that made a series what it is now. */
function leading(history: History, state: SeriesState): string {
  const firstRecent = history.runs.length - history.options.recentRuns;
  const isNow = ({ series, point }: ListedPoint): boolean =>
    series.state === state && series.changes.at(-1) === point && point.run >= firstRecent;
  const found = listedRuns(history)
    .map((listed) => ({ listed, point: listed.points.find(isNow) }))
    .find(({ point }) => point !== undefined);
  if (found?.point === undefined) throw new Error(`no series is ${state}`);
  return `${pointWords(found.point, found.listed)}${alsoWords(found.listed.differences)}`;
}

/** The commit may not be what did it. */
function alsoWords(differences: readonly string[]): string {
  const [only] = differences;
  if (only === undefined) return '';
  return differences.length === 1
    ? `, and ${only}`
    : `; ${differences.length} other things differ from the run before`;
}

function pointWords({ series, point, base, candidate, change }: ListedPoint, listed: ListedRun): string {
  const way = point.absolute > 0 ? 'rose' : 'fell';
  const unit = series.unit === '' ? '' : ` ${series.unit}`;
  return (
    `${series.title} of ${cellWords(series)} ${way} by ${change.replace(/^[+−]/, '')} ` +
    `(${base} → ${candidate}${unit}) at ${listed.when}, ${listed.commit}`
  );
}

function numbers({ outcome, series }: History, among: string): string {
  const parts = [
    ...(outcome.regressed > 0 ? [`${outcome.regressed} regressed`] : []),
    ...(outcome.improved > 0 ? [`${outcome.improved} improved`] : []),
    ...(outcome.changed > 0 ? [`${outcome.changed} changed`] : []),
    ...(outcome.suspect > 0 ? [`${outcome.suspect} may have changed`] : []),
  ];
  return `Of ${plural(series.length, 'figure')} of cells, ${parts.join(', ')} ${among}.`;
}

function older(history: History): string {
  const points = listedRuns(history).flatMap((listed) => listed.points);
  if (points.length === 0) return '';
  return ` There ${points.length === 1 ? 'is' : 'are'} ${plural(points.length, 'older change point')}.`;
}

function most({ series, runs }: History): string {
  const longest = Math.max(0, ...series.map(({ values }) => values.length));
  if (longest === runs.length) return `there ${longest === 1 ? 'is' : 'are'} ${longest}`;
  const share = longest === 1 ? 'no two share one' : `no more than ${longest} share one`;
  return `of ${plural(runs.length, 'run')} ${share}`;
}

/** What the reader must know of what was left out, in sentences. */
export function historyRemarks({ leftOut, series, runs, outcome }: History): string[] {
  const invalid = Math.max(0, ...series.map(({ without }) => without.invalid));
  const behind = series.filter(({ without }) => without.behind > 0);
  const [firstBehind] = behind;
  return [
    ...leftOut.map(({ why }) => `Left out: ${why}`),
    ...(invalid === 0
      ? []
      : [
          `Cells that are INVALID, as the generator was the limit, are left out: of a cell up to ${plural(invalid, 'run')}.`,
        ]),
    ...(firstBehind === undefined
      ? []
      : [
          `Where the target did not keep up, response times say how long the run was, and are left out: see the achieved rate of ${[...new Set(behind.map(cellWords))].slice(0, MOST_NAMED).join('; ')}.`,
        ]),
    ...(outcome.inconclusive > 0 && outcome.inconclusive < series.length
      ? [`${plural(outcome.inconclusive, 'figure')} of cells have fewer than six runs, too few to tell.`]
      : []),
    ...(runs.length > 1 && Math.max(0, ...series.map(({ values }) => values.length)) === 1
      ? ['No cell was measured by two of the runs: their operations, loads, lengths or workers differ.']
      : []),
  ];
}

const MOST_NAMED = 3;

/** `42 runs, 2026-01-15 12:00 UTC to 2026-02-15 12:00 UTC`. */
export function spanWords({ runs }: History): string {
  const [first, last] = [runs[0], runs.at(-1)];
  if (first === undefined || last === undefined) return plural(runs.length, 'run');
  const from = momentOf(first.startedAt);
  return runs.length === 1
    ? `1 run, ${from}`
    : `${plural(runs.length, 'run')}, ${from} to ${momentOf(last.startedAt)}`;
}
