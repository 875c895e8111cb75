import { performance } from 'node:perf_hooks';
import { systemClock as clock } from '../kernel/clock.js';
import { faultFinder, keepsFor } from '../load/check-answer.js';
import { OpenLoop } from '../load/drivers/open-loop.js';
import { WarmUp } from '../load/drivers/warm-up.js';
import { pacers } from '../load/pacers/index.js';
import type { Alarm } from '../load/pacers/alarm.js';
import { scheduleOf } from '../load/schedules/index.js';
import type { Transport } from '../load/transport/transport.js';
import { transports } from '../load/transport/index.js';
import { cellCollector } from '../measure/measure-cell.js';
import { isExpectedStatus } from '../model/answer-check.js';
import type { GeneratorEvent, GeneratorShare } from '../model/generator.js';
import type { RequestBlueprint, RequestSource } from '../model/request.js';
import { LiveView } from './live-view.js';

const TICK_PERIOD_MS = 500;
/** Between the end of the preparations and the first request, in microseconds. */
const LEAD_US = 20_000;

type Emit = (event: GeneratorEvent) => void;

interface Work {
  readonly share: GeneratorShare;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly alarm: Alarm;
  readonly transport: Transport;
  readonly source: RequestSource;
}

/** Makes one generator's share of a cell's load in this thread: warm-up, window, drain. */
export async function generate(
  share: GeneratorShare,
  emit: Emit,
  signal: AbortSignal,
  alarm: Alarm,
): Promise<void> {
  const transport = transports[share.client]({
    ...share.endpoint,
    maxConnections: share.maxConnections,
    connectTimeoutMs: share.timeoutMs,
    keeps: keepsFor(share.check),
    clock,
  });
  const work: Work = { share, emit, signal, alarm, transport, source: sourceOf(share.blueprints) };
  try {
    const openConnections = await warmUp(work);
    if (!signal.aborted) await measure(work, openConnections);
  } finally {
    await transport.close();
  }
}

function sourceOf(blueprints: readonly RequestBlueprint[]): RequestSource {
  return (index) => blueprints[index % blueprints.length] as RequestBlueprint;
}

/** Returns the number of connections that it left open. */
async function warmUp({ share, emit, signal, alarm, transport, source }: Work): Promise<number> {
  // A signal that has aborted already calls no listener.
  if (share.warmup.durationMs === 0 || signal.aborted) return 0;
  const startedUs = clock.nowUs();
  const view = new LiveView();
  const stopTicks = clock.every(TICK_PERIOD_MS, () => {
    const elapsedMs = (clock.nowUs() - startedUs) / 1000;
    const tick = view.tick({ phase: 'warm-up', elapsedMs, released: 0, inFlight: 0 }, TICK_PERIOD_MS);
    emit({ kind: 'tick', tick });
  });
  const pacer = pacers.relaxed(clock, alarm);
  const loop = new WarmUp({ clock, pacer, source, transport, timeoutMs: share.timeoutMs, ...share.warmup });
  const stop = (): void => loop.stop();
  signal.addEventListener('abort', stop, { once: true });
  await loop.run();
  signal.removeEventListener('abort', stop);
  stopTicks();
  return Math.min(share.warmup.connections, share.maxConnections);
}

async function measure(work: Work, openConnections: number): Promise<void> {
  const { share, emit, signal, alarm, transport, source } = work;
  const { durationMs } = share.plan;
  const collector = cellCollector(durationMs);
  const view = new LiveView();
  const pacer = pacers[share.pacing](clock, alarm);
  const loop = new OpenLoop({
    clock,
    pacer,
    schedule: scheduleOf(share.plan, share.part),
    source,
    transport,
    openConnections,
    timeoutUs: share.timeoutMs * 1000,
    maxQueue: share.maxQueue,
    isSuccess: (status) => isExpectedStatus(status, share.check),
    findFault: faultFinder(share.check),
    onSample(sample) {
      collector.add(sample);
      view.add(sample);
    },
  });
  const openedBefore = transport.connectionsOpened;
  const startUs = clock.nowUs() + LEAD_US;
  emit({ kind: 'started', startUs });
  const stopTicks = clock.every(TICK_PERIOD_MS, () => {
    const elapsedMs = (clock.nowUs() - startUs) / 1000;
    const phase = elapsedMs < durationMs ? 'window' : 'drain';
    const state = { phase, elapsedMs, released: loop.released, inFlight: loop.inFlightCount } as const;
    emit({ kind: 'tick', tick: view.tick(state, TICK_PERIOD_MS) });
  });
  const stop = (): void => loop.stop();
  signal.addEventListener('abort', stop, { once: true });
  const busyShare = shareAtWork(LEAD_US / 1000 + durationMs);
  await loop.run(startUs);
  stopTicks();
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return;
  const measurements = collector.snapshot({
    busyShare: pacer.spins ? null : busyShare(),
    connectionsOpened: transport.connectionsOpened,
    connectionsOpenedInWindow: transport.connectionsOpened - openedBefore,
    connectionLimitReached: loop.longestQueue > 0,
    longestQueue: loop.longestQueue,
  });
  emit({ kind: 'finished', measurements });
}

/**
 * The share of the next `windowMs` milliseconds in which this thread is at work, to be read later. What
 * comes after the window, an idle drain say, would flatter it.
 */
function shareAtWork(windowMs: number): () => number {
  const before = performance.eventLoopUtilization();
  const read = (): number => performance.eventLoopUtilization(before).utilization;
  const reading: { share?: number } = {};
  clock.after(windowMs, () => {
    reading.share = read();
  });
  return () => reading.share ?? read();
}
