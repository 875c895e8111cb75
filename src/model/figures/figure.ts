import type { Load } from '../loads/index.js';
import type { CellRecord } from '../results/cell-record.js';
import type { FigureUnit } from './units.js';

/** A figure of a cell; `isLowerBound` when requests that never ended touch it. */
export interface Figure {
  readonly value: number;
  readonly isLowerBound: boolean;
}

type Latencies = CellRecord['latencyMs'];

/**
 * What figures are read from: a cell, or one operation of a mixture, which has counts and a response time of its own
 * and shares the rest with the others.
 */
export type FigureSource = Pick<CellRecord, 'counts' | 'bytes'> & {
  readonly latencyMs: Pick<Latencies, 'response'> & Partial<Latencies>;
} & Partial<
    Pick<
      CellRecord,
      | 'window'
      | 'achievedRps'
      | 'successRate'
      | 'gauges'
      | 'cpuMsPerRequest'
      | 'byProcess'
      | 'generator'
      | 'spikeRecovery'
    >
  >;

/** Which figures a row of figures is coloured by, and not by itself alone. */
type Judged = 'keeps-up' | 'success';

/** Where a figure is shown. Places are ascending numbers within an output; what is left out does not show it. */
export interface Outputs {
  /** Whether its columns of `table` and `page` are those of mixtures alone, or of all others; left out = of both. */
  readonly ofMixtures?: boolean;
  /** Its columns of `table` and `page` are shown where it tells something of a cell; left out = always. */
  readonly tellsOf?: (source: FigureSource) => boolean;
  /** A column of the tables of the terminal and of Markdown; those that a narrow terminal does without leave first. */
  readonly table?: readonly [place: number, heading: string, unit: string, leaves?: number];
  /** A column of the HTML report's table of all cells. */
  readonly page?: readonly [group: PageGroup, place: number, heading: string, meaning: string];
  /** A line of what the HTML report shows of one cell; the unit where it is not the figure's own. */
  readonly fact?: readonly [list: FactGroup, place: number, name: string, unit?: string];
  /**
   * Among the charts of the HTML report, and in what `compare` holds against one another. `log`: on a logarithmic axis
   * where values lie far apart; `share`: on one that ends at 100.
   */
  readonly charted?: readonly [place: number, scale?: ChartScale];
  /** Bars in the terminal, in the order of `charted`: what is said of them before their scale. */
  readonly bars?: string;
  /** A column of the tables of `compare`; how it is named where changes are listed, if not by its heading. */
  readonly compared?: readonly [
    place: number,
    heading: string,
    unit: string,
    leaves?: number,
    listedAs?: string,
  ];
  /** In the line that JUnit shows of a cell. */
  readonly line?: true;
  /** A column of the CSV file, in the order of the list. */
  readonly csv?: string;
  /** A sample of OpenMetrics, after the prefix; the help is said once for a family, `null` at its others. */
  readonly metric?: readonly [
    family: string,
    place: number,
    help: string | null,
    labels?: Readonly<Record<string, string>>,
  ];
}

type ChartScale = 'log' | 'share';
export type PageGroup = (typeof PAGE_GROUPS)[number];
export const PAGE_GROUPS = [
  'Requests',
  'Rate, req/s',
  'Response time, ms',
  'Send lag, ms',
  'Target process',
  'PostgreSQL',
  'Redis',
  'Further gauges',
] as const;
export type FactGroup = (typeof FACT_GROUPS)[number];
export const FACT_GROUPS = ['Requests', 'Target', 'PostgreSQL', 'Redis', 'Generator'] as const;

/** One of the figures that are known of a cell, and all that the outputs need to show it. */
export interface FigureDefinition extends Outputs {
  /** As people write it: `p99`, `success.p95`, `memory.growth`. */
  readonly id: string;
  /** As in a heading: `Response time p99`. */
  readonly title: string;
  readonly unit: FigureUnit;
  /** `null` for what is neither. */
  readonly better: 'higher' | 'lower' | null;
  readonly judged?: Judged;
  /** The gauge of which it tells. */
  readonly gauge?: string;
  /** Whether cells with a load have it; left out = all have. */
  readonly isOf?: (load: Load) => boolean;
  /** Of fewer planned requests it is not sure. */
  readonly leastPlanned?: number;
  /** In the unit of the record; `null` = not known. */
  readonly storedOf: (source: FigureSource) => Figure | null;
}

/** In the unit in which it is shown; `null` = not known. */
export function shownFigure({ storedOf, unit }: FigureDefinition, source: FigureSource): Figure | null {
  const figure = storedOf(source);
  return figure && { ...figure, value: unit.shown(figure.value) };
}
