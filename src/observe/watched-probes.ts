import type { Clock } from '../kernel/clock.js';
import { reasonOf } from '../kernel/errors.js';
import type { GaugeReadings, GaugeSample, GaugeSummary, ProbeFacts } from '../model/results/gauges.js';
import { LookCost } from './look-cost.js';
import type { Gauge, Look, OpenProbe, Probe, ProbeContext, Reading } from './probes/probe.js';

/** How long the other probes wait for one that does not answer; until it does, it is not asked again. */
const PATIENCE_MS = 1000;

/** Several probes in one window: what befalls one of them is no harm to the others. */
export class WatchedProbes {
  private readonly probes: readonly WatchedProbe[];
  private readonly samples: GaugeSample[] = [];
  /** The target's processes, listed once for all probes of a look: it costs time where a machine has thousands. */
  private listed: readonly number[] | undefined;

  /** Before the window, when there is time: some look already. */
  constructor(clock: Clock, probes: readonly Probe[], target: ProbeContext['target']) {
    const { processes: list, unmeasured, sockets } = target;
    const processes = list && ((): readonly number[] => (this.listed ??= list()));
    const context = { clock, target: { processes, unmeasured, sockets } };
    this.probes = probes.map((probe) => new WatchedProbe(clock, probe, context, this.keep));
  }

  private readonly keep = ({ elapsedMs, values }: Reading): void => {
    if (Object.keys(values).length > 0) this.samples.push({ elapsedMs, values });
  };

  get latest(): GaugeSample | undefined {
    return this.samples.at(-1);
  }

  /** One after another, so that none makes another look slow. */
  async look(look: Look): Promise<void> {
    this.listed = undefined;
    const readings: Reading[] = [];
    for (const probe of this.probes) {
      const reading = await probe.look(look);
      if (reading !== undefined) readings.push(reading);
    }
    const first = readings.find(({ values }) => Object.keys(values).length > 0);
    if (first === undefined) return;
    const values = Object.assign({}, ...readings.map((reading) => reading.values)) as GaugeSample['values'];
    this.keep({ elapsedMs: first.elapsedMs, values });
  }

  close(): GaugeReadings {
    this.listed = undefined;
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
    const known = this.probes.flatMap(({ gauges }) => gauges).filter(({ id }) => id in summaries);
    const charted = known.filter(({ isCharted }) => isCharted).map(({ id }) => id);
    const facts = Object.assign({}, ...this.probes.map((probe) => probe.facts())) as ProbeFacts;
    const costs = Object.fromEntries(this.probes.map(({ name, cost }) => [name, cost.summary]));
    const { samples } = this;
    return { summaries, missing, partly: partlyKnown, samples, charted, totals, facts, costs };
  }
}

type GaugeOutcome = { readonly gauge: Gauge; readonly outcome: ReturnType<OpenProbe['outcomes']>[string] };

class WatchedProbe {
  readonly name: string;
  readonly gauges: readonly Gauge[];
  readonly cost = new LookCost();
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
    this.name = probe.name;
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

  facts(): ProbeFacts {
    return this.attempt(() => this.open?.facts?.()) ?? {};
  }

  private async readingOf(open: OpenProbe, look: Look): Promise<Reading | undefined> {
    this.isBusy = true;
    const startUs = this.clock.nowUs();
    const cpuBefore = process.cpuUsage();
    try {
      const reading = await open.look(look);
      if (reading !== undefined) this.cost.add(this.clock.nowUs() - startUs, process.cpuUsage(cpuBefore));
      return reading;
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
