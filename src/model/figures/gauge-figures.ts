import type { GaugeSummary } from '../results/gauges.js';
import type { CellRecord } from '../results/cell-record.js';
import { figure } from './define-figure.js';
import type { FigureDefinition } from './figure.js';
import { fullTitle, ownerOf } from './gauge-owners.js';
import { KNOWN_GAUGES, type KnownGauge } from './known-gauges.js';
import { FIGURES } from './list.js';
import { SPIKE_RECOVERY } from './spike-figures.js';
import { unitOf } from './units.js';

type Gauged = Pick<CellRecord, 'gauges' | 'spikeRecovery'>;

const OF_TARGET: ReadonlySet<string> = new Set(FIGURES.flatMap(({ gauge }) => gauge ?? []));

/** Of a gauge that is not known, the record says what it is called, and that is all. */
const UNKNOWN = { kind: 'level', isCharted: true, isColumn: true } as const;

const FAMILY = 'reading';
const HELP = 'What further probes have read, by the id of the gauge, in the unit that the record names.';

/** Behind all figures that have a place of their own. */
const FIRST_PLACE = 1000;
const PLACES_OF_ONE = 10;

const OF_KNOWN: ReadonlyMap<string, readonly FigureDefinition[]> = new Map(
  KNOWN_GAUGES.map((gauge, at) => [gauge.id, gaugeFigures(gauge, FIRST_PLACE + PLACES_OF_ONE * at)]),
);
const FIRST_PLACE_OF_OTHERS = FIRST_PLACE + PLACES_OF_ONE * OF_KNOWN.size;

/** All that a run may have, whatever its cells hold. */
export const KNOWN_FIGURES: readonly FigureDefinition[] = [
  ...FIGURES,
  SPIKE_RECOVERY,
  ...[...OF_KNOWN.values()].flat(),
];

/** Those that an objective may name where these cells were measured. */
export function nameableFigures(cells: readonly Gauged[]): readonly FigureDefinition[] {
  return [...new Set([...figuresOf(cells), ...KNOWN_FIGURES])];
}

/**
 * The figures of some cells: those of the list, of a spike where they have one, and of every gauge that they hold and the
 * list does not know.
 */
export function figuresOf(cells: readonly Gauged[]): readonly FigureDefinition[] {
  const others = new Map<string, GaugeSummary>();
  for (const { gauges } of cells) {
    for (const [id, summary] of Object.entries(gauges)) if (!OF_TARGET.has(id)) others.set(id, summary);
  }
  const hasSpike = cells.some(({ spikeRecovery }) => spikeRecovery !== undefined);
  if (others.size === 0 && !hasSpike) return FIGURES;
  return [
    ...FIGURES,
    ...(hasSpike ? [SPIKE_RECOVERY] : []),
    ...[...others].flatMap(([id, { title, unit }], at) => {
      const place = FIRST_PLACE_OF_OTHERS + PLACES_OF_ONE * at;
      return OF_KNOWN.get(id) ?? gaugeFigures({ ...UNKNOWN, id, title, unit }, place);
    }),
  ];
}

function gaugeFigures(gauge: KnownGauge, place: number): FigureDefinition[] {
  const { id, title, unit: word, kind, isCharted, isColumn, better = null } = gauge;
  const unit = unitOf(word);
  const owner = ownerOf(id);
  const ofOwner = fullTitle(gauge);
  const group = owner?.fact ?? 'Target';
  const heading = unit.symbol === '' ? title : `${title}, ${unit.symbol}`;
  const isOne = kind === 'window';
  const meaning = isOne ? `${id} in the window` : `mean of ${id}`;
  const mean = figure(id, ofOwner, unit, better, ({ gauges }) => gauges?.[id]?.mean, {
    gauge: id,
    ...(isColumn ? { page: [owner?.page ?? 'Further gauges', place, heading, meaning] } : {}),
    fact: [group, place, isOne ? title : `${title}, mean`],
    ...(isCharted ? { charted: [place], bars: '' } : {}),
    csv: isOne ? `gauges.${id}` : `gauges.${id}.mean`,
    metric: [FAMILY, place, HELP, { gauge: id, stat: isOne ? 'window' : 'mean' }],
  });
  if (isOne) return [mean];
  const peak = figure(`${id}.max`, `Peak of ${ofOwner}`, unit, better, ({ gauges }) => gauges?.[id]?.max, {
    gauge: id,
    fact: [group, place + 1, `${title}, peak`],
    csv: `gauges.${id}.max`,
    metric: [FAMILY, place + 1, null, { gauge: id, stat: 'max' }],
  });
  if (kind === 'rate') return [mean, peak];
  return [
    mean,
    peak,
    figure(
      `${id}.growth`,
      `Growth of ${ofOwner}`,
      unit,
      null,
      ({ gauges }) => gauges?.[id]?.growthPerMinute,
      {
        csv: `gauges.${id}.growthPerMinute`,
      },
    ),
  ];
}
