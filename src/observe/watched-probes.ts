import type { Clock } from '../kernel/clock.js';
import { reasonOf } from '../kernel/errors.js';
import type { DatabaseDetails } from '../model/results/database-details.js';
import type { GaugeReadings, GaugeSample, GaugeSummary } from '../model/results/gauges.js';
import type { Gauge, Look, OpenProbe, Probe, ProbeContext, Reading } from './probes/probe.js';

/** How long the other probes wait for one that does not answer; until it does, it is not asked again. */
const PATIENCE_MS = 1000;

/** Several probes in one window: what befalls one of them is no harm to the others. */
export class WatchedProbes {
  private readonly probes: readonly WatchedProbe[];
  private readonly samples: GaugeSample[] = [];
  private listed: readonly number[] = [];

  /** Before the window, when there is time: some look already. */
  constructor(clock: Clock, probes: readonly Probe[], target: ProbeContext['target']) {
    const { processes: list } = target;
    const processes = list && ((): readonly number[] => (this.listed = list()));
    const context = { clock, target: { ...target, processes } };
    this.probes = probes.map((probe) => new WatchedProbe(clock, probe, context, this.keep));
    if (this.listed.length === 0) listUnlessUnreadable(processes);
  }

  /** The target's, as a probe has listed them last: listing costs time where a machine has thousands. */
  get lastListed(): readonly number[] {
    return this.listed;
  }

  private readonly keep = ({ elapsedMs, values }: Reading): void => {
    this.samples.push({ elapsedMs, values });
  };

  get latest(): GaugeSample | undefined {
    return this.samples.at(-1);
  }

  /** One after another, so that none makes another look slow. */
  async look(look: Look): Promise<void> {
    const readings: Reading[] = [];
    for (const probe of this.probes) {
      const reading = await probe.look(look);
      if (reading !== undefined) readings.push(reading);
    }
    const [first] = readings;
    if (first === undefined) return;
    const values = Object.assign({}, ...readings.map((reading) => reading.values)) as GaugeSample['values'];
    this.keep({ elapsedMs: first.elapsedMs, values });
  }

  close(): GaugeReadings {
    const summaries: Record<string, GaugeSummary> = {};
    const missing: Record<string, string> = {};
    const totals: Record<string, number> = {};
    const partlyKnown: Record<string, string> = {};
    for (const { gauge, outcome } of this.probes.flatMap((probe) => probe.close(this.samples))) {
      if ('why' in outcome) {
        missing[gauge.id] = outcome.why;
        continue;
      }
      const { total, partly, ...figures } = outcome;
      summaries[gauge.id] = { title: gauge.title, unit: gauge.unit, ...figures };
      if (total !== undefined) totals[gauge.id] = total;
      if (partly !== undefined) partlyKnown[gauge.id] = partly;
    }
    const details = Object.assign({}, ...this.probes.map((probe) => probe.details())) as DatabaseDetails;
    const known = this.probes.flatMap(({ gauges }) => gauges).filter(({ id }) => id in summaries);
    const charted = known.filter(({ isCharted }) => isCharted).map(({ id }) => id);
    return { summaries, missing, partly: partlyKnown, details, samples: this.samples, charted, totals };
  }
}

/** Where they cannot be read, each probe that needs them says so. */
function listUnlessUnreadable(list: (() => unknown) | null): void {
  try {
    list?.();
  } catch {
    return;
  }
}

type GaugeOutcome = { readonly gauge: Gauge; readonly outcome: ReturnType<OpenProbe['outcomes']>[string] };

class WatchedProbe {
  readonly gauges: readonly Gauge[];
  private readonly open: OpenProbe | undefined;
  private failure: string | undefined;
  private isBusy = false;
  private wasLate = false;

  constructor(
    private readonly clock: Clock,
    probe: Probe,
    context: ProbeContext,
    /** Takes a reading for which nobody waits any more: without it a rate would be over the wrong time. */
    private readonly keepLate: (reading: Reading) => void,
  ) {
    this.gauges = probe.gauges;
    this.open = this.attempt(() => probe.open(context));
  }

  async look(look: Look): Promise<Reading | undefined> {
    if (this.open === undefined || this.isBusy || this.failure !== undefined) return undefined;
    return await this.withPatience(this.readingOf(this.open, look));
  }

  close(samples: readonly GaugeSample[]): GaugeOutcome[] {
    const outcomes = this.attempt(() => {
      this.open?.close?.();
      return this.open?.outcomes(samples);
    });
    return this.gauges.map((gauge) => ({
      gauge,
      outcome:
        this.failure !== undefined
          ? { why: this.failure }
          : (outcomes?.[gauge.id] ?? { why: this.wasLate ? LATE : 'it was not read' }),
    }));
  }

  details(): DatabaseDetails | undefined {
    return this.attempt(() => this.open?.details?.());
  }

  private async readingOf(open: OpenProbe, look: Look): Promise<Reading | undefined> {
    this.isBusy = true;
    try {
      return await open.look(look);
    } catch (error) {
      this.failure = reasonOf(error);
      return undefined;
    } finally {
      this.isBusy = false;
    }
  }

  private async withPatience(reading: Promise<Reading | undefined>): Promise<Reading | undefined> {
    let cancel = (): void => {};
    const patience = new Promise<undefined>((resolve) => {
      cancel = this.clock.after(PATIENCE_MS, () => {
        this.wasLate = true;
        void reading.then((late) => late && this.keepLate(late));
        resolve(undefined);
      });
    });
    const first = await Promise.race([reading, patience]);
    cancel();
    return first;
  }

  /** With a look missing, figures would not cover the window: what has failed once is unknown. */
  private attempt<T>(action: () => T): T | undefined {
    try {
      return this.failure === undefined ? action() : undefined;
    } catch (error) {
      this.failure = reasonOf(error);
      return undefined;
    }
  }
}

const LATE = `it did not answer within ${PATIENCE_MS} ms`;
