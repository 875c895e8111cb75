import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drivers } from '../../src/load/drivers/index.js';
import { cellCollector } from '../../src/measure/cell-collector.js';
import type { GeneratorShare } from '../../src/model/generation/generator.js';
import type { Measurements } from '../../src/model/generation/measurements.js';
import type { RequestBlueprint } from '../../src/model/requests/request.js';
import type { Sample } from '../../src/model/generation/sample.js';
import {
  CALM,
  driverCases,
  DriverStage,
  type DriverName,
  type DriverRun,
  type World,
} from '../support/drivers.js';
import { share } from '../support/shares.js';
import { threadAudit } from '../support/threads.js';

/** After the last deadline a driver may wait as long for what the generator has not got to. */
const GRACE_MS = 5000;
const ENDS = [
  'failed-check, sent',
  'network-failure',
  'network-failure, sent',
  'succeeded, sent',
  'timed-out',
  'timed-out, sent',
  'wrong-status, sent',
];
/** What may become of the requests of each. */
const endsOf: Readonly<Record<DriverName, readonly string[]>> = {
  'open-loop': [...ENDS, 'dropped', 'unfinished'],
  'closed-loop': [...ENDS, 'unfinished'],
  'warm-up': ENDS,
};

function measured(samples: readonly Sample[], told: GeneratorShare): Measurements {
  const cell = cellCollector({ ms: 1000 }, told.operations.length);
  for (const sample of samples) cell.add(sample);
  return cell.snapshot(threadAudit());
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe.each(Object.keys(drivers) as DriverName[])('the driver %s', (name) => {
  const { shares, duesOf, lengthMs, worlds } = driverCases[name];

  async function play(told: GeneratorShare, world: World): Promise<DriverStage & { run: DriverRun }> {
    const stage = new DriverStage(world);
    const run = stage.start(name, told);
    stage.clock.advanceMs(lengthMs(told) + GRACE_MS);
    await nextTurn();
    return Object.assign(stage, { run });
  }

  it('ends every request in exactly one sample, whatever happens to it', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (told, world) => {
        const { run, transport } = await play(told, world);
        const { samples, driver, source } = run;
        const unfinished = samples.filter(({ releasedUs }) => Number.isNaN(releasedUs));

        const dues = samples.map(({ dueUs }) => dueUs).sort((a, b) => a - b);
        if (duesOf(told)) expect(dues).toEqual(duesOf(told));
        expect(samples.length - unfinished.length).toBe(driver.released);
        expect(new Set(unfinished.map(({ outcome }) => outcome)).size).toBeLessThanOrEqual(1);
        // None is sent twice, and each as what it is.
        expect(new Set(transport.serials).size).toBe(transport.serials.length);
        expect(transport.requests).toEqual(transport.serials.map((index) => source.blueprintAt(index)));
        for (const { outcome, sentUs } of samples)
          seen.add(`${outcome}${Number.isNaN(sentUs) ? '' : ', sent'}`);
      }),
      { numRuns: 200, seed: 3 },
    );
    // Otherwise the property would hold of too little.
    expect([...seen].sort()).toEqual(endsOf[name].toSorted());
  });

  it('tells how the first answer of each operation and status began that was not expected, and of no other', async () => {
    let told = 0;
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (one, world) => {
        const { run } = await play(one, world);
        const key = ({ operation, status }: Sample): string => `${operation} ${status}`;
        const wrong = run.samples.filter(({ outcome }) => outcome === 'wrong-status');
        const examples = run.samples.filter(({ answer }) => answer !== null);
        const firsts = wrong.filter(
          (sample, at) => wrong.findIndex((other) => key(other) === key(sample)) === at,
        );

        // What comes before the window is not shown.
        expect(examples).toEqual(name === 'warm-up' ? [] : firsts);
        for (const { answer, status } of examples) expect(answer?.text).toBe(`{"status":${status}}`);
        told += examples.length;
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(told > 0).toBe(name !== 'warm-up');
  });

  it('adds up: planned = succeeded + failed + timed out + dropped + unfinished', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (told, world) => {
        const { run, transport } = await play(told, world);
        const { outcomes, seconds } = measured(run.samples, told);
        const { planned, sent, succeeded, failed, timedOut, dropped, unfinished } = outcomes;
        const sum = (key: 'sent' | 'succeeded' | 'failed' | 'sentAndEnded'): number =>
          seconds.reduce((total, second) => total + second[key], 0);

        expect(succeeded + failed + timedOut + dropped + unfinished).toBe(planned);
        expect(planned).toBe(run.samples.length);
        expect(sent).toBe(transport.sent);
        expect(['sent', 'sentAndEnded', 'succeeded', 'failed'].map((key) => sum(key as 'sent'))).toEqual([
          ...[sent, sent, succeeded],
          planned - succeeded,
        ]);
      }),
      { numRuns: 100 },
    );
  });

  it('ends: with no timer of its own, and no request under way', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (told, world) => {
        const { run, clock, transport } = await play(told, world);

        expect([run.isOver, run.driver.countInFlight()]).toEqual([true, 0]);
        expect([clock.pendingTimers, transport.inFlight]).toEqual([0, 0]);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the stamps of each sample in order, and tells of each release', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (told, world) => {
        const { samples, releases } = (await play(told, world)).run;
        for (const { dueUs, releasedUs, sentUs, doneUs } of samples) {
          const reached = [dueUs, releasedUs, sentUs, doneUs].filter((stamp) => !Number.isNaN(stamp));
          expect(reached).toEqual(reached.toSorted((a, b) => a - b));
        }
        const released = samples.filter(({ releasedUs }) => !Number.isNaN(releasedUs));
        expect(released.map(({ dueUs, releasedUs }) => [dueUs, releasedUs]).sort(byDue)).toEqual(
          releases.toSorted(byDue),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('makes a sample of what its operation expects, and uses one object for all', async () => {
    await fc.assert(
      fc.asyncProperty(shares, async (told) => {
        const { samples, objects, driver } = (await play({ ...told, timeoutMs: 700 }, CALM)).run;
        const last = told.operations.length - 1;
        for (const { operation, outcome, failure, bytesSent, sentUs } of samples) {
          if (Number.isNaN(sentUs)) continue;
          const isFaulty = last > 0 && operation === last;
          expect([outcome, failure]).toEqual(isFaulty ? ['failed-check', 'check-bytes'] : ['succeeded', '']);
          expect(bytesSent).toBe(operation % 2 === 0 ? 0 : 3);
        }
        expect(objects.size).toBe(Math.min(1, driver.released));
      }),
      { numRuns: 60 },
    );
  });

  it('asks the same with the request of an index, whatever became of the ones before', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (told, world) => {
        const askedBy = ({ transport }: DriverStage): Map<number, RequestBlueprint> =>
          new Map(transport.serials.map((index, at) => [index, transport.requests[at] as RequestBlueprint]));
        const calm = askedBy(await play(told, CALM));
        const other = askedBy(await play(told, world));

        for (const [index, asked] of other) expect(calm.get(index) ?? asked).toEqual(asked);
        expect(calm.size).toBeGreaterThanOrEqual(Math.min(other.size, 1));
      }),
      { numRuns: 60 },
    );
  });

  it('counts what it has released and what is under way', () => {
    fc.assert(
      fc.property(shares, worlds, fc.nat(3000), (told, world, afterMs) => {
        const stage = new DriverStage(world);
        const { driver, samples, releases } = stage.start(name, told);
        stage.clock.advanceMs(afterMs);
        const sentAndEnded = samples.filter(({ sentUs }) => !Number.isNaN(sentUs)).length;

        expect(driver.released).toBe(releases.length);
        expect(driver.countInFlight()).toBe(stage.transport.sent - sentAndEnded);
      }),
      { numRuns: 100 },
    );
  });

  it('begins at its start, and not before', async () => {
    await fc.assert(
      fc.asyncProperty(shares, async (some) => {
        const told = { ...some, timeoutMs: 700 };
        const stage = new DriverStage(CALM);
        const run = stage.start(name, told, 50_000);
        stage.clock.advanceMs(49);
        expect([run.driver.released, stage.transport.sent]).toEqual([0, 0]);
        stage.clock.advanceMs(lengthMs(told) + GRACE_MS);
        const atOnce = (await play(told, CALM)).run;

        // The stamps may differ in the last digit.
        const endsOfRun = ({ samples }: DriverRun): unknown =>
          samples.map(({ dueUs, operation, outcome }) => ({ dueUs, operation, outcome }));
        expect(endsOfRun(run)).toEqual(endsOfRun(atOnce));
      }),
      { numRuns: 30 },
    );
  });

  it('plans nothing from the moment at which it is closed, and ends what was due before', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, fc.nat(1500), async (told, world, afterMs) => {
        const stage = new DriverStage(world);
        const run = stage.start(name, told);
        stage.clock.advanceMs(afterMs);
        const closesUs = stage.clock.nowUs() + 100_000;
        run.driver.close(closesUs);
        stage.clock.advanceMs(100 + lengthMs(told) + GRACE_MS);
        await nextTurn();

        const dues = run.samples.map(({ dueUs }) => dueUs).sort((a, b) => a - b);
        const planned = duesOf(told)?.filter((dueUs) => dueUs < closesUs);
        expect(dues).toEqual(planned ?? dues.filter((dueUs) => dueUs < closesUs));
        expect([run.isOver, stage.transport.inFlight, stage.clock.pendingTimers]).toEqual([true, 0, 0]);
      }),
      { numRuns: 100 },
    );
  });

  it('is over at once when it is closed with nothing planned before', async () => {
    await fc.assert(
      fc.asyncProperty(shares, async (told) => {
        const stage = new DriverStage(CALM);
        const run = stage.start(name, told, 50_000);
        run.driver.close(0);
        stage.clock.advanceMs(50);
        await nextTurn();
        expect([run.samples.length, run.isOver, stage.clock.pendingTimers]).toEqual([0, true, 0]);
      }),
      { numRuns: 30 },
    );
  });

  it('ends soon when it is stopped: sends nothing more, makes no sample, leaves no timer', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, fc.nat(1500), async (told, world, afterMs) => {
        const stage = new DriverStage(world);
        const run = stage.start(name, told);
        stage.clock.advanceMs(afterMs);
        const before = [run.samples.length, stage.transport.requests.length];

        run.driver.stop();
        stage.clock.advanceMs(0);
        await nextTurn();
        expect(run.isOver).toBe(true);
        stage.clock.advanceMs(600_000);

        expect([run.samples.length, stage.transport.requests.length]).toEqual(before);
        await stage.transport.close();
        expect(stage.clock.pendingTimers).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('finds nothing under way when it follows the warm-up, and measures as without it', async () => {
    await fc.assert(
      fc.asyncProperty(shares, worlds, async (told, world) => {
        const stage = new DriverStage(world);
        const warmup = { durationMs: 300, connections: 4, ratePerSecond: 200 };
        const before = stage.start('warm-up', share('http://x', { ...told, warmup }));
        stage.clock.advanceMs(300 + told.timeoutMs);
        await nextTurn();
        expect([before.isOver, stage.transport.inFlight, stage.clock.pendingTimers]).toEqual([true, 0, 0]);
        const ended = before.samples.length;

        const run = stage.start(name, told);
        stage.clock.advanceMs(lengthMs(told) + GRACE_MS);

        const released = run.samples.filter(({ releasedUs }) => !Number.isNaN(releasedUs)).length;
        expect([run.samples.length, released]).toEqual([
          duesOf(told)?.length ?? run.samples.length,
          duesOf(told) ? run.driver.released : stage.transport.serials.length - before.driver.released,
        ]);
        expect(before.samples.length).toBe(ended);
      }),
      { numRuns: 60 },
    );
  });
});

const byDue = ([a = 0]: readonly number[], [b = 0]: readonly number[]): number => a - b;
