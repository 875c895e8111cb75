import { systemClock as clock, timeLimit, whenAborted } from '../kernel/clock.js';
import { everySecond } from '../kernel/every-second.js';
import { keepsFor, operationCheck, type OperationCheck } from '../load/check-answer.js';
import { connectionsAhead } from '../load/connections-ahead.js';
import type { Driver, DriverKind } from '../load/drivers/driver.js';
import { drivers, windowDriver } from '../load/drivers/index.js';
import { openAhead } from '../load/drivers/open-ahead.js';
import type { Alarm } from '../load/pacers/alarm.js';
import { pacers } from '../load/pacers/index.js';
import { sourceOf } from '../load/request-source.js';
import { transportOf } from '../load/transport/index.js';
import type { Transport } from '../load/transport/transport.js';
import { watchConnections } from '../load/transport/watch-connections.js';
import { cellCollector } from '../measure/cell-collector.js';
import { GapErrors } from '../measure/gap-errors.js';
import { LiveView, phaseOf } from '../measure/live-view.js';
import { MeanService } from '../measure/mean-service.js';
import type {
  GeneratorEvent,
  GeneratorShare,
  PartialTick,
  WindowTimes,
} from '../model/generation/generator.js';
import { durationMsOf, populationOf } from '../model/loads/index.js';
import { reserveDescriptors } from './reserve-descriptors.js';
import { watchThread } from './watch-thread.js';

/** Only a process started for it has it. */
const { gc: collectGarbage } = globalThis as { gc?: (options: { type: 'minor' }) => void };

export interface Control {
  readonly signal: AbortSignal;
  readonly window: WindowTimes;
  readonly alarm: Alarm;
}

interface Work extends Control {
  readonly share: GeneratorShare;
  readonly emit: (event: GeneratorEvent) => void;
  readonly transport: Transport;
  readonly checks: readonly OperationCheck[];
  readonly driverOf: ReturnType<DriverKind>;
}

/** Makes one generator's share of a cell's load in this thread: warm-up, window, drain. */
export async function generate(share: GeneratorShare, emit: Work['emit'], control: Control): Promise<void> {
  const checks = share.operations.map(({ check }) => check);
  const transport = transportOf(share, keepsFor(checks, share.journeys), clock);
  const driverOf = windowDriver(share);
  const work: Work = { ...control, share, emit, transport, checks: checks.map(operationCheck), driverOf };
  reserveDescriptors(share.maxConnections);
  try {
    await openConnections(work, connectionsAhead(share, 0));
    const serviceMs = await warmUp(work);
    if (work.signal.aborted) return;
    const open = connectionsAhead(share, serviceMs);
    await openConnections(work, open);
    // Between cells rather than in one. A full collection would throw away compiled code as well.
    collectGarbage?.({ type: 'minor' });
    emit({ kind: 'ready' });
    const startUs = await Promise.race([whenAborted(work.signal), work.window.opens]);
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

/** Runs a driver to its end, or until all is aborted, and tells of each second. */
async function follow(
  { emit, signal }: Work,
  driver: Driver,
  startUs: number,
  tickOf: (second: number, elapsedMs: number) => PartialTick,
): Promise<void> {
  const stopTicks = everySecond(clock, startUs, (second, elapsedMs) =>
    emit({ kind: 'tick', tick: tickOf(second, elapsedMs) }),
  );
  const stop = (): void => driver.stop();
  signal.addEventListener('abort', stop, { once: true });
  await driver.run(startUs);
  stopTicks();
  signal.removeEventListener('abort', stop);
}

/** Returns the mean service time, in milliseconds; 0 when nothing was answered. */
async function warmUp(work: Work): Promise<number> {
  const { share, signal, alarm, transport, checks } = work;
  // A signal that has aborted already calls no listener.
  if (share.warmup.durationMs === 0 || signal.aborted) return 0;
  const service = new MeanService();
  const view = new LiveView();
  const driver = drivers['warm-up'](share)({
    ...{ clock, transport, checks },
    pacer: pacers.relaxed(clock, alarm),
    source: sourceOf(share, share.firstSerial.warmup),
    openConnections: 0,
    onReleased: () => {},
    onSample: (sample) => service.add(sample),
  });
  await follow(work, driver, clock.nowUs(), (second, elapsedMs) =>
    view.tick({ phase: 'warm-up', second, elapsedMs, released: 0, inFlight: 0 }),
  );
  return service.meanMs;
}

async function measure(work: Work, startUs: number, openConnections: number): Promise<void> {
  const { share, emit, signal, alarm, transport, checks } = work;
  const length = { ms: durationMsOf(share.load) ?? Infinity };
  const collector = cellCollector(length, share.operations.length, populationOf(share.load)?.full);
  const gapErrors = new GapErrors();
  const view = new LiveView();
  const pacer = pacers[share.pacing](clock, alarm);
  const driver = work.driverOf({
    ...{ clock, pacer, transport, checks, openConnections },
    source: sourceOf(share, share.firstSerial.window),
    onReleased: (dueUs, releasedUs) => gapErrors.add(dueUs, releasedUs),
    onSample(sample) {
      collector.add(sample);
      view.add(sample);
    },
  });
  const connectionsSince = watchConnections(transport);
  let seconds = 0;
  const tickOf = (second: number, elapsedMs: number): PartialTick => {
    seconds = second + 1;
    const phase = phaseOf(second, length.ms);
    return view.tick({
      phase,
      second,
      elapsedMs,
      released: driver.released,
      inFlight: driver.countInFlight(),
    });
  };
  const load = watchThread(startUs, length.ms, pacer);
  void work.window.closesEarly.then((atUs) => {
    length.ms = (atUs - startUs) / 1000;
    driver.close(atUs - startUs);
    load.closeAt(length.ms);
  });
  await follow(work, driver, startUs, tickOf);
  if (signal.aborted) return;
  emit({ kind: 'tick', tick: tickOf(seconds, (clock.nowUs() - startUs) / 1000) });
  const measurements = collector.snapshot({
    ...load.read(),
    memoryBytes: process.memoryUsage.rss(),
    gapErrorUs: gapErrors.snapshot(),
    death: null,
    ...connectionsSince(),
    connectionLimitReached: driver.connectionLimitReached,
    longestQueue: driver.longestQueue,
  });
  emit({ kind: 'finished', measurements });
}
