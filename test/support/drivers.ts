import fc from 'fast-check';
import { operationCheck } from '../../src/load/check-answer.js';
import type { Driver } from '../../src/load/drivers/driver.js';
import { drivers } from '../../src/load/drivers/index.js';
import { sourceOf } from '../../src/load/request-source.js';
import { scheduleOf } from '../../src/load/schedules/index.js';
import type { GeneratorShare } from '../../src/model/generation/generator.js';
import type { RequestSource } from '../../src/model/requests/request.js';
import type { Sample } from '../../src/model/generation/sample.js';
import { FakeClock } from './fake-clock.js';
import { fakePacer } from './fake-pacer.js';
import { ANSWER_BYTES, FakeTransport, type Fate } from './fake-transport.js';
import { anyClosedLoad, anyLoad, seed } from './loads.js';
import { duesOf } from './schedules.js';
import { share } from './shares.js';

export type DriverName = keyof typeof drivers;

interface DriverCase {
  /** Shares of which it makes the load. */
  readonly shares: fc.Arbitrary<GeneratorShare>;
  /** When each of its requests is due; undefined where the answers decide what is sent. */
  readonly duesOf: (share: GeneratorShare) => number[] | undefined;
  /** After which all is over, in milliseconds. */
  readonly lengthMs: (share: GeneratorShare) => number;
  /** What it is tried in. */
  readonly worlds: fc.Arbitrary<World>;
}

/** Several operations; the last one finds fault with every answer of an expected status. */
const operations = fc
  .array(fc.record({ requests: fc.integer({ min: 1, max: 3 }), weight: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((list): GeneratorShare['operations'] =>
    list.map(({ requests, weight }, operation) => ({
      blueprints: Array.from({ length: requests }, (_, at) => ({
        ...{ method: 'POST', path: `/${operation}/${at}`, headers: [] },
        body: operation % 2 === 0 ? null : 'né',
      })),
      ...(operation === 0 ? {} : { check: checkOf(operation === list.length - 1 ? 1 : 0) }),
      weight,
    })),
  );

const checkOf = (more: number): GeneratorShare['operations'][number]['check'] => ({
  ...{ status: [[200, 299]], headers: {}, json: {} },
  bytes: { min: ANSWER_BYTES + more, max: null },
});

const common = fc.record({
  operations,
  seed,
  part: fc.constantFrom({ index: 0, of: 1 }, { index: 0, of: 3 }, { index: 2, of: 3 }),
  timeoutMs: fc.constantFrom(1, 20, 150, 700),
  maxQueue: fc.constantFrom(0, 1, 5, 1000),
});

const warmup = fc.record({
  connections: fc.integer({ min: 1, max: 8 }),
  ratePerSecond: fc.double({ min: 1, max: 800, noNaN: true }),
  durationMs: fc.integer({ min: 1, max: 800 }),
});

const afterUs = fc.oneof(fc.nat(5000), fc.nat(800_000));
const fate: fc.Arbitrary<Fate> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('answer'), afterUs, open: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('answer'), afterUs, status: fc.constantFrom(201, 404, 500) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('failure'), afterUs }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('refusal'), afterUs }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'silence' }) },
);

/** A target, the way to it, and how late the generator wakes. */
const worlds = fc.record({
  slots: fc.integer({ min: 1, max: 12 }),
  open: fc.nat(12),
  connectUs: fc.constantFrom(0, 1000, 50_000, 400_000, Infinity),
  fates: fc.array(fate, { minLength: 1, maxLength: 20 }),
  latenessUs: fc.array(fc.oneof(fc.constant(0), fc.nat(2000), fc.nat(400_000), fc.constant(3_000_000)), {
    minLength: 1,
    maxLength: 8,
  }),
});

export type World = typeof worlds extends fc.Arbitrary<infer T> ? T : never;

/** What each driver is tried with. A new one does not compile without. */
export const driverCases: Readonly<Record<DriverName, DriverCase>> = {
  'open-loop': {
    shares: fc.tuple(common, anyLoad).map(([parts, load]) => share('http://x', { ...parts, load })),
    duesOf: ({ load, part }) => duesOf(scheduleOf(load, part)),
    // Five stages of two seconds.
    lengthMs: ({ timeoutMs }) => 10_000 + timeoutMs,
    worlds,
  },
  'closed-loop': {
    shares: fc.tuple(common, anyClosedLoad).map(([parts, load]) => share('http://x', { ...parts, load })),
    duesOf: () => undefined,
    // The longest stages; sixty requests one after the other, each of which may be refused or time out.
    lengthMs: ({ timeoutMs }) => 3000 + 61 * (timeoutMs + 5000),
    // Each user has a connection.
    worlds: worlds.map((world) => ({ ...world, slots: 12 })),
  },
  'warm-up': {
    shares: fc.tuple(common, warmup).map(([parts, told]) => share('http://x', { ...parts, warmup: told })),
    duesOf: () => undefined,
    lengthMs: (told) => told.warmup.durationMs + told.timeoutMs,
    worlds,
  },
};

/** One after which nothing is left to chance. */
export const CALM: World = {
  ...{ slots: 12, open: 12, connectUs: 0, latenessUs: [0] },
  fates: [{ kind: 'answer', afterUs: 1000 }],
};

/** A fake clock, and connections on which drivers can run one after the other. */
export class DriverStage {
  readonly clock = new FakeClock();
  readonly transport: FakeTransport;
  private readonly open: number;
  private wakes = 0;

  constructor(private readonly world: World) {
    const { fates, slots, connectUs } = world;
    this.open = Math.min(world.open, slots);
    const fateOf = (before: number): Fate => fates[before % fates.length] as Fate;
    this.transport = new FakeTransport(this.clock, { slots, connectUs, open: this.open, fate: fateOf });
  }

  /** Starts a driver's run; serial numbers are the indices of its requests. */
  start(name: DriverName, told: GeneratorShare, startUs = this.clock.nowUs()): DriverRun {
    const { latenessUs } = this.world;
    const samples: Sample[] = [];
    const objects = new Set<Sample>();
    const releases: [dueUs: number, releasedUs: number][] = [];
    const pacer = fakePacer(this.clock, () => latenessUs[this.wakes++ % latenessUs.length] as number);
    const source: RequestSource = { ...sourceOf(told, 0), serialAt: (index) => index };
    const driver = drivers[name](told)({
      clock: this.clock,
      // At the next whole microsecond: a fraction may be lost when the start is added and taken off again, and this clock,
      // which does not move by itself, would then never reach the due time.
      pacer: { ...pacer, wakeAt: (atUs, wake) => pacer.wakeAt(Math.floor(atUs) + 1, wake) },
      transport: this.transport,
      source,
      checks: told.operations.map(({ check }) => operationCheck(check)),
      openConnections: this.open,
      onReleased: (dueUs, releasedUs) => releases.push([dueUs, releasedUs]),
      onSample(sample) {
        objects.add(sample);
        samples.push({ ...sample });
      },
    });
    const run = { driver, source, samples, objects, releases, isOver: false };
    void driver.run(startUs).then(() => {
      run.isOver = true;
    });
    return run;
  }
}

export interface DriverRun {
  readonly driver: Driver;
  readonly source: RequestSource;
  readonly samples: readonly Sample[];
  /** The sample objects that came. */
  readonly objects: ReadonlySet<Sample>;
  readonly releases: readonly (readonly [dueUs: number, releasedUs: number])[];
  /** Whether the run has resolved; known a turn later. */
  readonly isOver: boolean;
}
