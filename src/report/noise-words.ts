import { formatFigure } from '../kernel/format.js';
import { figureById } from '../model/figures/index.js';
import { LOAD_BANDS, type LoadBand, type NoiseFloor } from '../model/results/noise-floor.js';

type Band = LoadBand | null;

/** A figure of a band of loads: how much it varies, and what can be found. */
export interface NoiseRow {
  readonly band: string;
  readonly figure: string;
  /** `±3.2%`: SD between runs. */
  readonly noise: string;
  /** Runs on each side that find +5 %, +10 %, +20 %. */
  readonly repeats: readonly string[];
}

export function noiseRows({ figures, detectable }: NoiseFloor): NoiseRow[] {
  return [...LOAD_BANDS, null].flatMap((band) =>
    figures
      .filter((one) => one.band === band)
      .map(({ figure, sdLog }) => ({
        band: bandWords(band),
        figure: figureById(figure).title,
        noise: `${formatFigure(100 * Math.expm1(sdLog))}%`,
        repeats: detectable
          .filter((one) => one.figure === figure && one.band === band)
          .map(({ repeats }) => (repeats === null ? '–' : String(repeats))),
      })),
  );
}

function bandWords(band: Band): string {
  return band ?? 'any';
}

/** Column heads of `repeats`. */
export function changeHeads({ detectable }: NoiseFloor): string[] {
  return [...new Set(detectable.map(({ percent }) => `+${percent}%`))];
}

/** What this machine can find at all, in a sentence for each size of change. */
export function findableSentences({ detectable }: NoiseFloor): string[] {
  const sizes = [...new Set(detectable.map(({ percent }) => percent))];
  return sizes.map((percent) => {
    const ofP50 = detectable.filter((one) => one.figure === 'p50' && one.percent === percent);
    const found = ofP50.filter(({ repeats }) => repeats !== null);
    const most = Math.max(...found.map(({ repeats }) => repeats ?? 0));
    if (ofP50.length === 0) return `+${percent} %: no median was measured.`;
    if (found.length === 0)
      return `+${percent} % of a median: not to be found here, as it is within the margin of bench compare or would take over 30 repeats.`;
    const where = found.length === ofP50.length ? 'at every load' : `at a ${bandsOf(found)} load`;
    return `+${percent} % of a median: found ${where} with ${most} repeats on each side.`;
  });
}

function bandsOf(found: readonly { readonly band: Band }[]): string {
  return found.map(({ band }) => bandWords(band)).join(' or ');
}

export function falseAlarmSentence({ falseAlarms }: NoiseFloor): string {
  if (falseAlarms === null) return 'False alarms: too few runs to compare them with one another.';
  const { comparisons, repeats, cells, withRegressed } = falseAlarms;
  const share = ((100 * withRegressed) / comparisons).toFixed(1);
  const few =
    repeats < LEAST_JUDGED
      ? ' Fewer than 3 repeats on a side are judged with reserve: --repeats 6 or more tell more.'
      : '';
  return (
    `False alarms: ${withRegressed} of ${comparisons} comparisons of these runs with one another ` +
    `(${repeats} against ${repeats}, ${cells} cells) found a regression: ${share} %.${few}`
  );
}

const LEAST_JUDGED = 3;
