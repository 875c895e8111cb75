import { reasonOf } from '../../../kernel/errors.js';
import { oneLine } from '../../../kernel/text.js';
import type { KnownGauge } from '../../../model/figures/known-gauges.js';
import type { DatabaseDetails } from '../../../model/results/database-details.js';
import { NOTHING_TO_COUNT, type GaugeSample } from '../../../model/results/gauges.js';
import { levelOutcome, pointsOf, type Point } from '../level.js';
import type { Look, OpenProbe, Outcome, Reading } from '../probe.js';
import { Growth, GrowthRate } from './growth.js';

/** One look at a database. */
export interface DatabaseLook {
  /** By the id of the gauge; what is not known is left out. */
  readonly levels: Readonly<Record<string, number>>;
  /** Totals since some time of the database's own. */
  readonly counters: Readonly<Record<string, number>>;
  /** Why a gauge is not known, by its id. */
  readonly unknown?: Readonly<Record<string, string>>;
}

/**
 * How a gauge comes of counters: their growth in the window; the same a second, less what the probe itself has added; or
 * the share that the first has of both.
 */
export type FromCounters =
  | { readonly growthOf: string }
  | { readonly rateOf: string; readonly less: string }
  | { readonly shareOf: string; readonly beside: string };

/** A connection to a database that nobody else uses. */
export interface DatabaseSource {
  readonly gauges: readonly KnownGauge[];
  /** By the id of the gauge. */
  readonly fromCounters: Readonly<Record<string, FromCounters>>;
  /** Before the first look, when there is time. Rejects where the database does not answer: the look tries again. */
  open(): Promise<void>;
  /** Rejects where the database does not answer; the next one connects anew. */
  read(look: Pick<Look, 'isLast'>): Promise<DatabaseLook>;
  /** What is no gauge, after the last look. */
  facts(): DatabaseDetails | undefined;
  close(): void;
}

const NOT_LOOKED_AT = 'no look at it came to an end';

/** A rate over less would be that of the reports of sessions, which come once a second. */
const LEAST_SPAN_MS = 900;

/** A database in one window. One that dies and comes back is looked at again. */
export class OpenDatabase implements OpenProbe {
  private readonly growths = new Map<string, Growth>();
  private readonly rates = new Map<string, GrowthRate>();
  private readonly grown: (Point & { readonly counters: Readonly<Record<string, number>> })[] = [];
  private readonly unknown: Record<string, string> = {};
  private looks = 0;
  private missed = 0;
  private failure: string | undefined;
  private readonly opening: Promise<void>;

  constructor(private readonly source: DatabaseSource) {
    this.opening = source.open().catch((error: unknown) => this.note(error));
  }

  async look(look: Look): Promise<Reading | undefined> {
    await this.opening;
    this.looks += 1;
    const beforeMs = look.elapsedMs();
    try {
      const read = await this.source.read(look);
      // The database looked somewhere in between.
      const elapsedMs = (beforeMs + look.elapsedMs()) / 2;
      Object.assign(this.unknown, read.unknown);
      return { elapsedMs, values: { ...read.levels, ...this.counted(elapsedMs, read.counters) } };
    } catch (error) {
      // No end of the probe: it may come back, and what was seen of it stands.
      this.missed += 1;
      this.note(error);
      return undefined;
    }
  }

  close(): void {
    this.source.close();
  }

  facts(): DatabaseDetails | undefined {
    return this.source.facts();
  }

  outcomes(samples: readonly GaugeSample[]): Record<string, Outcome> {
    const { missed, looks, failure } = this;
    const partly =
      missed === 0
        ? undefined
        : `${missed} of ${looks} looks got no answer: ${failure ?? 'no reason is known'}`;
    return Object.fromEntries(
      this.source.gauges.map((gauge) => {
        const outcome = this.outcomeOf(gauge, pointsOf(samples, gauge.id));
        return [gauge.id, 'why' in outcome || partly === undefined ? outcome : { ...outcome, partly }];
      }),
    );
  }

  private outcomeOf({ id, kind }: KnownGauge, points: readonly Point[]): Outcome {
    const why =
      this.unknown[id] ?? (this.grown.length > 0 ? NOTHING_TO_COUNT : (this.failure ?? NOT_LOOKED_AT));
    const last = points.at(-1);
    if (kind === 'rate') return this.rateOutcome(id, points) ?? { why };
    if (last === undefined) return { why };
    if (kind === 'level') return levelOutcome(points);
    return { mean: last.value, max: last.value, growthPerMinute: null, samples: points.length };
  }

  private rateOutcome(id: string, points: readonly Point[]): Outcome | undefined {
    const [first, last] = [this.grown[0], this.grown.at(-1)];
    const from = this.source.fromCounters[id];
    if (first === undefined || last === undefined || from === undefined || !('rateOf' in from))
      return undefined;
    const spanMs = last.elapsedMs - first.elapsedMs;
    if (spanMs < LEAST_SPAN_MS) return { why: `it was looked at for less than ${LEAST_SPAN_MS} ms` };
    const mean = (1000 * without(last.counters, from)) / spanMs;
    const max = Math.max(mean, ...points.map(({ value }) => value));
    return { mean, max, growthPerMinute: null, samples: this.grown.length };
  }

  /** The gauges that come of counters, for the time from the first look. */
  private counted(elapsedMs: number, counters: DatabaseLook['counters']): Record<string, number> {
    const grown = Object.fromEntries(
      Object.entries(counters).map(([name, count]) => [name, kept(this.growths, name, Growth).add(count)]),
    );
    this.grown.push({ elapsedMs, value: 0, counters: grown });
    const values: Record<string, number> = {};
    for (const [id, from] of Object.entries(this.source.fromCounters)) {
      const value = this.valueFrom(id, from, elapsedMs, grown);
      if (value !== undefined) values[id] = value;
    }
    return values;
  }

  private valueFrom(
    id: string,
    from: FromCounters,
    elapsedMs: number,
    grown: Readonly<Record<string, number>>,
  ): number | undefined {
    if ('growthOf' in from) return grown[from.growthOf];
    if ('rateOf' in from) return kept(this.rates, id, GrowthRate).add(elapsedMs, without(grown, from));
    const part = grown[from.shareOf] ?? 0;
    const all = part + (grown[from.beside] ?? 0);
    return all === 0 ? undefined : (100 * part) / all;
  }

  private note(error: unknown): void {
    this.failure = oneLine(reasonOf(error));
  }
}

function without(
  grown: Readonly<Record<string, number>>,
  { rateOf, less }: Extract<FromCounters, { readonly rateOf: string }>,
): number {
  return Math.max(0, (grown[rateOf] ?? 0) - (grown[less] ?? 0));
}

function kept<T>(all: Map<string, T>, name: string, Kind: new () => T): T {
  const known = all.get(name) ?? new Kind();
  all.set(name, known);
  return known;
}
