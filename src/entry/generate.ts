import { systemClock as clock, timeLimit } from '../kernel/clock.js';
import { faultFinder, keepsFor } from '../load/check-answer.js';
import { openAhead } from '../load/drivers/open-ahead.js';
import { OpenLoop } from '../load/drivers/open-loop.js';
import { WarmUp } from '../load/drivers/warm-up.js';
import type { Alarm } from '../load/pacers/alarm.js';
import { pacers } from '../load/pacers/index.js';
import { scheduleOf } from '../load/schedules/index.js';
import { transportOf } from '../load/transport/index.js';
import { streamLayout } from '../load/transport/stream-layout.js';
import type { Transport } from '../load/transport/transport.js';
import { GapErrors } from '../measure/gap-errors.js';
import { LiveView } from '../measure/live-view.js';
import { cellCollector } from '../measure/cell-collector.js';
import { isExpectedStatus } from '../model/answer-check.js';
import type { GeneratorEvent, GeneratorShare } from '../model/generator.js';
import type { ThreadAudit } from '../model/measurements.js';
import { durationMsOf, highestRateOf } from '../model/plan-figures.js';
import type { Schedule } from '../model/schedule.js';
import type { RequestBlueprint, RequestSource } from '../model/request.js';
import { watchThread } from './watch-thread.js';

/** Only a process started for it has it. */
const { gc: collectGarbage } = globalThis as { gc?: (options: { type: 'minor' }) => void };

type Emit = (event: GeneratorEvent) => void;

export interface Control {
  readonly signal: AbortSignal;
  /** The instant at which the window opens, known only after `ready`. */
  readonly start: Promise<number>;
  readonly alarm: Alarm;
}

interface Work extends Control {
  readonly share: GeneratorShare;
  readonly emit: Emit;
  readonly transport: Transport;
  readonly schedule: Schedule;
}

/** Makes one generator's share of a cell's load in this thread: warm-up, window, drain. */
export async function generate(share: GeneratorShare, emit: Emit, control: Control): Promise<void> {
  const transport = transportOf(share, keepsFor(share.check), clock);
  // Counting the requests of a random schedule may take a while, and must not once the start is agreed.
  const schedule = scheduleOf(share.plan, share.part);
  const work: Work = { ...control, share, emit, transport, schedule };
  try {
    await openConnections(work, connectionsFor(share, 0));
    const serviceMs = await warmUp(work);
    if (work.signal.aborted) return;
    const open = connectionsFor(share, serviceMs);
    await openConnections(work, open);
    // Between cells rather than in one. A full collection would throw away compiled code as well.
    collectGarbage?.({ type: 'minor' });
    emit({ kind: 'ready' });
    const startUs = await Promise.race([whenAborted(work.signal), work.start]);
    if (startUs !== undefined) await measure(work, startUs, open);
  } finally {
    await transport.close();
  }
}

/** Waits for them no longer than for an answer. */
async function openConnections({ share, transport, signal }: Work, count: number): Promise<void> {
  const limit = timeLimit(share.timeoutMs, signal);
  await Promise.race([openAhead(clock, transport, count, limit), whenAborted(limit)]);
}

/** Request i of the whole plan is blueprint i modulo their number, whichever generator sends it. */
function sourceOf({ blueprints, part }: GeneratorShare, firstSerial: number): RequestSource {
  return {
    blueprintAt: (index) =>
      blueprints[(part.index + index * part.of) % blueprints.length] as RequestBlueprint,
    serialAt: (index) => firstSerial + part.index + index * part.of,
  };
}

/** Twice the mean: at the window's start some answers take longer than in the calm before it. */
const CONNECTION_RESERVE = 2;
/** What a fast target may need for a moment in which it does not answer, in milliseconds. */
const SHORTEST_HOLD_MS = 1;

/** By Little's law: so many requests are under way at once at this rate and service time. */
function connectionsFor(share: GeneratorShare, serviceMs: number): number {
  const { endpoint, plan, part, maxConnections, warmup, http2 } = share;
  if (!endpoint.keepAlive) return 0;
  const holdMs = Math.max(SHORTEST_HOLD_MS, CONNECTION_RESERVE * serviceMs);
  const needed = Math.ceil((highestRateOf(plan) / part.of / 1000) * holdMs);
  const slots = Math.max(needed, warmup.connections);
  if (http2 !== undefined) return streamLayout(share, http2.mostStreams).standing(slots);
  return Math.min(maxConnections, slots);
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/**
 * Calls at the end of each second after `startUs`, with its number from 0 and the milliseconds since then.
 * Not more often: each tick costs generator and harness a millisecond together, which on one core is lag.
 */
function everySecond(startUs: number, tell: (second: number, elapsedMs: number) => void): () => void {
  const elapsedMs = (): number => (clock.nowUs() - startUs) / 1000;
  let cancel = (): void => {};
  const wait = (boundary: number): void => {
    // Timers know whole milliseconds, and a tick must not come before its second is over.
    cancel = clock.after(Math.ceil(boundary * 1000 - elapsedMs()), () => {
      // After a stall the seconds that nobody saw pass are one.
      const over = Math.max(boundary, Math.floor(elapsedMs() / 1000));
      wait(over + 1);
      tell(over - 1, elapsedMs());
    });
  };
  wait(1);
  return () => cancel();
}

/** Returns the mean service time, in milliseconds; 0 when nothing was answered. */
async function warmUp({ share, emit, signal, alarm, transport }: Work): Promise<number> {
  // A signal that has aborted already calls no listener.
  if (share.warmup.durationMs === 0 || signal.aborted) return 0;
  const startedUs = clock.nowUs();
  const view = new LiveView();
  const stopTicks = everySecond(startedUs, (second, elapsedMs) => {
    const tick = view.tick({ phase: 'warm-up', second, elapsedMs, released: 0, inFlight: 0 });
    emit({ kind: 'tick', tick });
  });
  const pacer = pacers.relaxed(clock, alarm);
  const source = sourceOf(share, share.firstSerial.warmup);
  const loop = new WarmUp({ clock, pacer, source, transport, timeoutMs: share.timeoutMs, ...share.warmup });
  const stop = (): void => loop.stop();
  signal.addEventListener('abort', stop, { once: true });
  await loop.run();
  signal.removeEventListener('abort', stop);
  stopTicks();
  return loop.meanServiceMs;
}

async function measure(work: Work, startUs: number, openConnections: number): Promise<void> {
  const { share, emit, signal, alarm, transport, schedule } = work;
  const durationMs = durationMsOf(share.plan);
  const collector = cellCollector(durationMs);
  const gapErrors = new GapErrors();
  const view = new LiveView();
  const pacer = pacers[share.pacing](clock, alarm);
  const loop = new OpenLoop({
    clock,
    pacer,
    schedule,
    source: sourceOf(share, share.firstSerial.window),
    transport,
    openConnections,
    timeoutUs: share.timeoutMs * 1000,
    maxQueue: share.maxQueue,
    onReleased: (dueUs, releasedUs) => gapErrors.add(dueUs, releasedUs),
    isSuccess: (status) => isExpectedStatus(status, share.check),
    findFault: faultFinder(share.check),
    onSample(sample) {
      collector.add(sample);
      view.add(sample);
    },
  });
  const connectionsSince = watchConnections(transport);
  let seconds = 0;
  const tellSecond = (second: number, elapsedMs: number): void => {
    seconds = second + 1;
    // The second that ends with the window belongs to it.
    const phase = second * 1000 < durationMs ? 'window' : 'drain';
    const state = {
      phase,
      second,
      elapsedMs,
      released: loop.released,
      inFlight: loop.countInFlight(),
    } as const;
    emit({ kind: 'tick', tick: view.tick(state) });
  };
  const stopTicks = everySecond(startUs, tellSecond);
  const stop = (): void => loop.stop();
  signal.addEventListener('abort', stop, { once: true });
  const load = watchThread(startUs, durationMs, pacer);
  await loop.run(startUs);
  stopTicks();
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return;
  tellSecond(seconds, (clock.nowUs() - startUs) / 1000);
  const measurements = collector.snapshot({
    ...load(),
    memoryBytes: process.memoryUsage.rss(),
    gapErrorUs: gapErrors.snapshot(),
    death: null,
    ...connectionsSince(),
    connectionLimitReached: loop.connectionLimitReached,
    longestQueue: loop.longestQueue,
  });
  emit({ kind: 'finished', measurements });
}

type Connections = Pick<
  ThreadAudit,
  'connectionsOpened' | 'connectionsOpenedInWindow' | 'connectionEndsInWindow'
>;

/** What becomes of the connections from now on. */
function watchConnections(transport: Transport): () => Connections {
  const { connectionsOpened: before } = transport;
  const { byTarget, byBench, afterTimeout } = transport.connectionEnds;
  return () => ({
    connectionsOpened: transport.connectionsOpened,
    connectionsOpenedInWindow: transport.connectionsOpened - before,
    connectionEndsInWindow: {
      byTarget: transport.connectionEnds.byTarget - byTarget,
      byBench: transport.connectionEnds.byBench - byBench,
      afterTimeout: transport.connectionEnds.afterTimeout - afterTimeout,
    },
  });
}
