import type { GaugeSummary } from '../results/gauges.js';
import type { CellRecord } from '../results/cell-record.js';
import { figure } from './define-figure.js';
import type { FigureDefinition, Outputs } from './figure.js';
import { FIGURES } from './list.js';
import { SPIKE_RECOVERY } from './spike-figures.js';
import { unitOf, type FigureUnit } from './units.js';

type Gauged = Pick<CellRecord, 'gauges' | 'spikeRecovery'>;

/** All that a run may have, whatever its cells hold. */
export const KNOWN_FIGURES: readonly FigureDefinition[] = [...FIGURES, SPIKE_RECOVERY];

/** Those that an objective may name where these cells were measured. */
export function nameableFigures(cells: readonly Gauged[]): readonly FigureDefinition[] {
  return [...new Set([...figuresOf(cells), ...KNOWN_FIGURES])];
}

/** Behind all figures that have a place of their own. */
const FIRST_PLACE = 1000;

/**
 * The figures of some cells: those of the list, of a spike where they have one, and of every gauge that they hold and the
 * list does not know.
 */
export function figuresOf(cells: readonly Gauged[]): readonly FigureDefinition[] {
  const others = new Map<string, GaugeSummary>();
  for (const { gauges } of cells) {
    for (const [id, summary] of Object.entries(gauges)) if (!KNOWN.has(id)) others.set(id, summary);
  }
  const hasSpike = cells.some(({ spikeRecovery }) => spikeRecovery !== undefined);
  if (others.size === 0 && !hasSpike) return FIGURES;
  return [
    ...FIGURES,
    ...(hasSpike ? [SPIKE_RECOVERY] : []),
    ...[...others].flatMap(([id, summary], at) => gaugeFigures(id, summary, FIRST_PLACE + 10 * at)),
  ];
}

const KNOWN: ReadonlySet<string> = new Set(FIGURES.flatMap(({ gauge }) => gauge ?? []));

/** What the record says of a gauge is all that is known of it. */
function gaugeFigures(id: string, { title, unit: word }: GaugeSummary, place: number): FigureDefinition[] {
  const unit = unitOf(word);
  const family = 'gauge';
  const isHost = id.startsWith('host.');
  // A table and charts of all that is known of every target would hide what a reader looks for.
  const isDetail = isHost || id.startsWith('target.');
  const list = isHost ? 'Generator' : 'Target';
  const help = 'What further probes have read, by the id of the gauge, in the unit that the record names.';
  return [
    figure(id, title, unit, null, ({ gauges }) => gauges?.[id]?.mean, {
      gauge: id,
      fact: [list, place, `${title}, mean`],
      ...(isDetail ? {} : columnAndCharts(id, title, unit, place)),
      csv: `gauges.${id}.mean`,
      metric: [family, place, help, { gauge: id, stat: 'mean' }],
    }),
    figure(`${id}.max`, `Peak of ${title}`, unit, null, ({ gauges }) => gauges?.[id]?.max, {
      fact: [list, place + 1, `${title}, peak`],
      csv: `gauges.${id}.max`,
      metric: [family, place + 1, null, { gauge: id, stat: 'max' }],
    }),
    figure(`${id}.growth`, `Growth of ${title}`, unit, null, ({ gauges }) => gauges?.[id]?.growthPerMinute, {
      csv: `gauges.${id}.growthPerMinute`,
    }),
  ];
}

function columnAndCharts(id: string, title: string, { symbol }: FigureUnit, place: number): Outputs {
  return {
    page: ['Further gauges', place, symbol === '' ? title : `${title}, ${symbol}`, `mean of ${id}`],
    charted: [place],
    bars: '',
  };
}
