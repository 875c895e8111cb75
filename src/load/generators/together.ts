import type {
  Generator,
  GeneratorEvent,
  GeneratorShare,
  PartialTick,
  WindowTimes,
} from '../../model/generation/generator.js';
import type { Measurements } from '../../model/generation/measurements.js';
import type { RequestSource } from '../../model/requests/request.js';
import type { Schedule } from '../../model/loads/schedule.js';
import { sourceOf } from '../request-source.js';
import { scheduleOf } from '../schedules/index.js';
import { Inbox } from './inbox.js';
import { durationMsOf } from '../../model/loads/index.js';

/** How the parts of several generators become a whole. */
export interface Whole {
  ofTicks(parts: readonly PartialTick[]): PartialTick;
  ofMeasurements(windowMs: number, parts: readonly Measurements[]): Measurements;
  /** What is known of a share whose generator has died: that it was planned. */
  ofLost(
    schedule: Schedule,
    source: RequestSource,
    share: GeneratorShare,
    message: string,
    closesMs?: number,
  ): Measurements;
}

/**
 * Several generators as one: each takes every nth request of the one global schedule, all open their
 * windows at the same instant, and their sum is exactly the load. One that dies in the window does not end
 * the cell; its share is counted as unfinished.
 */
export function together(generators: readonly Generator[], whole: Whole): Generator {
  return {
    name: 'together',
    async *run(share, signal, window) {
      // A generator without a connection could send nothing.
      const crew = generators.slice(0, Math.max(1, share.maxConnections));
      const cell = new Cell(splitShare(share, crew.length), whole);
      void cell.noteTimes(window);
      const stopper = new AbortController();
      const anyStop = AbortSignal.any([signal, stopper.signal]);
      const all = crew.map((generator, part) => cell.follow(part, generator, anyStop, window));
      try {
        yield* cell.events();
      } finally {
        stopper.abort();
        await Promise.all(all);
      }
    },
    async close() {
      await Promise.all(generators.map((generator) => generator.close()));
    },
  };
}

type News = { part: number; event: GeneratorEvent } | { part: number; error: unknown } | { part: number };

class Cell {
  private readonly inbox = new Inbox<News>();
  private readonly ready = new Set<number>();
  /** Of the round under way. */
  private readonly ticks = new Map<number, PartialTick>();
  /** The last one of each generator that has ended: its totals stay. */
  private readonly lastTicks = new Map<number, PartialTick>();
  private readonly results = new Map<number, Measurements>();
  /** Why a generator has died, by its part: what its share had planned is known at the end. */
  private readonly lost = new Map<number, string>();
  private closesMs: number | undefined;

  constructor(
    private readonly shares: readonly GeneratorShare[],
    private readonly whole: Whole,
  ) {}

  async noteTimes({ opens, closesEarly }: WindowTimes): Promise<void> {
    const [startUs, endUs] = await Promise.all([opens, closesEarly]);
    this.closesMs = (endUs - startUs) / 1000;
  }

  async follow(part: number, generator: Generator, signal: AbortSignal, window: WindowTimes): Promise<void> {
    try {
      const share = this.shares[part] as GeneratorShare;
      for await (const event of generator.run(share, signal, window)) this.inbox.put({ part, event });
      this.inbox.put({ part });
    } catch (error) {
      this.inbox.put({ part, error });
    }
  }

  async *events(): AsyncGenerator<GeneratorEvent> {
    const over = new Set<number>();
    while (over.size < this.shares.length) {
      const news = await this.inbox.take();
      if ('error' in news) throw news.error;
      if (!('event' in news)) {
        over.add(news.part);
        continue;
      }
      const told = this.tell(news.part, news.event);
      if (told) yield told;
      if (told?.kind === 'failed') return;
    }
    if (this.results.size + this.lost.size < this.shares.length) return; // stopped early
    const durationMs = durationMsOf((this.shares[0] as GeneratorShare).load) ?? Infinity;
    const parts = this.shares.map((share, part) => this.results.get(part) ?? this.lostOf(share, part));
    yield { kind: 'finished', measurements: this.whole.ofMeasurements(durationMs, parts) };
  }

  /** What one part's event means for the whole. */
  private tell(part: number, event: GeneratorEvent): GeneratorEvent | undefined {
    switch (event.kind) {
      case 'ready':
        this.ready.add(part);
        return this.isReady() ? event : undefined;
      case 'tick':
        this.addTick(part, event.tick);
        return this.takeRound();
      case 'finished':
        this.results.set(part, event.measurements);
        return this.takeRound();
      case 'failed': {
        if (!this.isReady()) return event;
        this.lost.set(part, event.message);
        return this.takeRound();
      }
    }
  }

  private lostOf(share: GeneratorShare, part: number): Measurements {
    const schedule = scheduleOf(share.load, share.part);
    const source = sourceOf(share, share.firstSerial.window);
    return this.whole.ofLost(schedule, source, share, this.lost.get(part) ?? '', this.closesMs);
  }

  private isReady(): boolean {
    return this.ready.size === this.shares.length;
  }

  private addTick(part: number, tick: PartialTick): void {
    const answers = this.ticks.get(part)?.answers ?? [];
    this.ticks.set(part, { ...tick, answers: [...answers, ...tick.answers] });
    this.lastTicks.set(part, { ...tick, answers: [] });
  }

  /** One tick for a round of theirs: once all that are still at work have told. */
  private takeRound(): GeneratorEvent | undefined {
    const isAtWork = (_: GeneratorShare, part: number): boolean =>
      !this.results.has(part) && !this.lost.has(part);
    const isWaiting = this.shares.some((share, part) => isAtWork(share, part) && !this.ticks.has(part));
    if (this.ticks.size === 0 || isWaiting) return undefined;
    // Nothing of what has ended, or died, is in flight any more.
    const parts = [...this.lastTicks].map(([part, last]) => this.ticks.get(part) ?? { ...last, inFlight: 0 });
    const tick = this.whole.ofTicks(parts);
    this.ticks.clear();
    return { kind: 'tick', tick };
  }
}

/** The shares of `count` generators; what does not divide goes to the first ones. */
function splitShare(share: GeneratorShare, count: number): GeneratorShare[] {
  const portion = (whole: number, index: number): number =>
    Math.floor(whole / count) + (index < whole % count ? 1 : 0);
  return Array.from({ length: count }, (_, index) => ({
    ...share,
    part: { index, of: count },
    maxConnections: portion(share.maxConnections, index),
    maxQueue: portion(share.maxQueue, index),
    warmup: {
      durationMs: share.warmup.durationMs,
      connections: Math.max(1, portion(share.warmup.connections, index)),
      ratePerSecond: share.warmup.ratePerSecond / count,
    },
  }));
}
