import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/kernel/clock.js';
import type { Outcome, OpenProbe, Probe } from '../../src/observe/probes/probe.js';
import type { GaugeSample } from '../../src/model/results/gauges.js';

/** A probe in a window of real time, looked at when a test says. */
export class Looks {
  readonly samples: GaugeSample[] = [];
  private readonly open: OpenProbe;
  private readonly startUs = systemClock.nowUs();
  private isFirst = true;

  constructor(probe: Probe) {
    this.open = probe.open({ clock: systemClock, target: { processes: null, unmeasured: null } });
  }

  /** What this look has read; undefined where it got no answer. */
  async look(isLast = false): Promise<GaugeSample['values'] | undefined> {
    const { isFirst } = this;
    this.isFirst = false;
    const elapsedMs = (): number => (systemClock.nowUs() - this.startUs) / 1000;
    const reading = await this.open.look({ isFirst, isLast, elapsedMs });
    if (reading !== undefined) this.samples.push(reading);
    return reading?.values;
  }

  /** Looks until one is as wanted; what a database reports late comes in the end. */
  async until(isWanted: (values: GaugeSample['values']) => boolean): Promise<GaugeSample['values']> {
    for (;;) {
      const values = await this.look();
      if (values !== undefined && isWanted(values)) return values;
      await sleep(100);
    }
  }

  end(): {
    outcomes: Readonly<Record<string, Outcome>>;
    facts: ReturnType<NonNullable<OpenProbe['facts']>>;
  } {
    this.open.close?.();
    return { outcomes: this.open.outcomes(this.samples), facts: this.open.facts?.() };
  }
}
