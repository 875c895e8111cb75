import { figureById } from '../../model/figures/index.js';
import type { JudgedReport } from '../../model/report/report.js';
import type { Comparison } from '../../model/results/comparison.js';
import type { BandFloor, Detectable, FalseAlarms, NoiseFloor } from '../../model/results/noise-floor.js';
import { compareReports } from '../compare/compare-reports.js';
import { JUDGED_FIGURES } from '../compare/verdicts/judged-figures.js';
import { alikeSplits } from './alike-splits.js';
import { noiseOfRuns } from './noise-of-runs.js';
import { repeatsToFind } from './repeats-to-find.js';

/** What several runs of the same say of the machine. */
export type FloorOfRuns = Pick<NoiseFloor, 'figures' | 'falseAlarms' | 'detectable'>;

const CHANGES_PERCENT = [5, 10, 20];
const MOST_COMPARISONS = 200;
const SEED = 1;

/** Noise, false alarms and what can be found; `betweenComparisons` is called often, for a signal to be heard. */
export async function floorOfRuns(
  reports: readonly JudgedReport[],
  betweenComparisons: () => Promise<void>,
): Promise<FloorOfRuns> {
  const figures = noiseOfRuns(
    reports.map(({ cells }) => cells.map(({ record }) => record)),
    JUDGED_FIGURES.map(({ id }) => figureById(id)),
  );
  return {
    figures,
    falseAlarms: await falseAlarmsOf(reports, betweenComparisons),
    detectable: figures.flatMap(detectableOf),
  };
}

async function falseAlarmsOf(
  reports: readonly JudgedReport[],
  betweenComparisons: () => Promise<void>,
): Promise<FalseAlarms | null> {
  const sideOf = (places: readonly number[]): JudgedReport[] =>
    places.map((place) => reports[place] as JudgedReport);
  const comparisons: Comparison[] = [];
  for (const { base, candidate } of alikeSplits(reports.length, MOST_COMPARISONS, SEED)) {
    await betweenComparisons();
    comparisons.push(compareReports(sideOf(base), sideOf(candidate), { noiseFloor: null }));
  }
  const [first] = comparisons;
  if (first === undefined) return null;
  return {
    comparisons: comparisons.length,
    repeats: Math.floor(reports.length / 2),
    cells: first.cells.length,
    withRegressed: comparisons.filter(({ outcome }) => outcome.regressed > 0).length,
    withImproved: comparisons.filter(({ outcome }) => outcome.improved > 0).length,
  };
}

function detectableOf({ figure, band, sdLog }: BandFloor): Detectable[] {
  const marginPercent = JUDGED_FIGURES.find(({ id }) => id === figure)?.marginPercent ?? 0;
  return CHANGES_PERCENT.map((percent) => ({
    ...{ figure, band, percent },
    repeats: repeatsToFind(sdLog, percent, marginPercent) ?? null,
  }));
}
